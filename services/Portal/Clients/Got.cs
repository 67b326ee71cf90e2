using System.Text.Json;

namespace LaborBridge.Portal.Clients;

/// <summary>What a service answered: the thing, or why not.</summary>
internal sealed record Got<T>(T? Value, Refusal? Refusal)
{
    /// <summary>Whether the service did what was asked.</summary>
    public bool Ok => Refusal is null;

    /// <summary>Not asked at all: an empty form, nothing chosen yet.</summary>
    public static Got<T> Nothing { get; } = new(default, Refusal: null);
}

/// <summary>Why a service did not do what was asked, in its own words.</summary>
/// <param name="Service">Name of the service.</param>
/// <param name="Status">HTTP status; 0 when it did not answer.</param>
/// <param name="Code">Stable code of the problem.</param>
/// <param name="Detail">For the user; null when the service did not answer, then the page says so.</param>
/// <param name="Errors">What is wrong with single fields.</param>
/// <param name="Body">The whole problem, for members that only one page knows.</param>
internal sealed record Refusal(string Service, int Status, string Code, string? Detail, IReadOnlyList<FieldRefusal> Errors, JsonElement Body)
{
    /// <summary>The service did not answer, or answered that it cannot now.</summary>
    public bool IsAway => Status is 0 or 502 or 503 or 504;

    /// <summary>Nobody answered.</summary>
    public static Refusal Away(string service) => new(service, 0, "away", Detail: null, [], default);

    /// <summary>What is wrong with a field or something in it.</summary>
    public IEnumerable<string> Of(string field) => Errors
        .Where(error => error.Field == field || error.Field.StartsWith(field + ".", StringComparison.Ordinal) || error.Field.StartsWith(field + "[", StringComparison.Ordinal))
        .Select(error => error.Message);

    /// <summary>A text among the further members of the problem.</summary>
    public string? Member(string name) => Body.ValueKind == JsonValueKind.Object && Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What is wrong with one field.</summary>
internal sealed record FieldRefusal(string Field, string Code, string Message);

/// <summary>A part of a list.</summary>
internal sealed record ListOf<T>(IReadOnlyList<T> Items, string? Next = null);
