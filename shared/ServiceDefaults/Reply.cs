namespace LaborBridge.ServiceDefaults;

/// <summary>What a handler answers; <see cref="Requests{TService}"/> turns it into HTTP. A <see cref="Problem"/> is a reply too, and rolls the write back.</summary>
public sealed record Reply
{
    private Reply(int status) => Status = status;

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>The body, an object.</summary>
    public object? Body { get; private init; }

    /// <summary>Version for the ETag.</summary>
    public long? Version { get; private init; }

    /// <summary>Path of the thing made.</summary>
    public string? Location { get; private init; }

    /// <summary>The refusal, if it is one.</summary>
    public Problem? Problem { get; private init; }

    /// <summary>201 with the thing.</summary>
    public static Reply Created(string location, object body, long? version = null) => new(201) { Location = location, Body = body, Version = version };

    /// <summary>200.</summary>
    public static Reply Ok(object body, long? version = null) => new(200) { Body = body, Version = version };

    /// <summary>202 with the job.</summary>
    public static Reply Accepted(string location, object body) => new(202) { Location = location, Body = body };

    /// <summary>204.</summary>
    public static Reply NoContent() => new(204);

    /// <summary>The refusal.</summary>
    public static implicit operator Reply(Problem problem) => new(problem.Status) { Problem = problem };
}
