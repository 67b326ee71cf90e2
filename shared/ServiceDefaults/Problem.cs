namespace LaborBridge.ServiceDefaults;

/// <summary>What is wrong with one field.</summary>
/// <param name="Field">Its path in the request's JSON, <c>phones[0]</c>.</param>
/// <param name="Code">Stable, kebab-case.</param>
/// <param name="Message">For a clerk: what to write instead.</param>
public sealed record FieldError(string Field, string Code, Text Message);

/// <summary>A refusal: HTTP status, stable code, words for a clerk. Answered as <c>application/problem+json</c>.</summary>
public sealed record Problem(int Status, string Code, Text Detail, IReadOnlyList<FieldError> Errors)
{
    /// <summary>Further members of the answer (<c>workerId</c>).</summary>
    public IReadOnlyDictionary<string, object?> Extensions { get; init; } = new Dictionary<string, object?>();

    /// <summary>400: fields are wrong.</summary>
    public static Problem Validation(params IReadOnlyList<FieldError> errors) =>
        new(400, "validation", new Text("请检查标出的项目后再提交。", "Check the marked fields and send again."), errors);

    /// <summary>400: one field is wrong.</summary>
    public static Problem Validation(string field, string code, string zh, string en) => Validation(new FieldError(field, code, new Text(zh, en)));

    /// <summary>404: it does not exist, or not within the caller's scope.</summary>
    public static Problem NotFound(Text? detail = null) =>
        new(404, "not-found", detail ?? new Text("没有找到，或者不在您的管辖范围内。", "Not found, or outside your scope."), []);

    /// <summary>409: it contradicts what is stored.</summary>
    public static Problem Conflict(string code, Text detail) => new(409, code, detail, []);

    /// <summary>403: the caller may not do this.</summary>
    public static Problem Forbidden(Text? detail = null) =>
        new(403, "forbidden-scope", detail ?? new Text("您的账号无权进行此操作。", "Your account may not do this."), []);

    /// <summary>422: understood, and refused.</summary>
    public static Problem Unprocessable(string code, Text detail) => new(422, code, detail, []);

    /// <summary>412: somebody changed it meanwhile.</summary>
    public static Problem StaleVersion() =>
        new(412, "stale-version", new Text("记录已被他人修改，请刷新后重试。", "Somebody changed it meanwhile; load it again and repeat your change."), []);

    /// <summary>The same problem with a further member.</summary>
    public Problem With(string key, object? value) => this with { Extensions = new Dictionary<string, object?>(Extensions) { [key] = value } };
}

/// <summary>A refusal from deep inside; the transaction rolls back and the caller gets the problem.</summary>
public sealed class ProblemException(Problem problem) : Exception($"{problem.Status} {problem.Code}")
{
    /// <summary>What the caller gets.</summary>
    public Problem Problem { get; } = problem;
}
