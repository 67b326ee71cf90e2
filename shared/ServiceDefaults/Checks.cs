namespace LaborBridge.ServiceDefaults;

/// <summary>Collects what is wrong with a request, so that a clerk hears everything at once.</summary>
public sealed class Checks
{
    private readonly List<FieldError> errors = [];

    /// <summary>What was found.</summary>
    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>The refusal, or null when nothing is wrong.</summary>
    public Problem? Problem => errors.Count == 0 ? null : ServiceDefaults.Problem.Validation(errors);

    /// <summary>Notes an error.</summary>
    public void Add(string field, string code, string zh, string en) => errors.Add(new FieldError(field, code, new Text(zh, en)));

    /// <summary>Notes an error.</summary>
    public void Add(FieldError error) => errors.Add(error);

    /// <summary>Text that must be there and not be too long.</summary>
    /// <returns>The text without surrounding blanks; empty when it is missing.</returns>
    public string Require(string field, string? text, int longest = 200)
    {
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0)
        {
            Add(field, "required", "必填。", "Required.");
        }
        else
        {
            Longest(field, trimmed, longest);
        }

        return trimmed;
    }

    /// <summary>A value that must be there.</summary>
    public void Require<T>(string field, T? value) where T : struct
    {
        if (value is null)
        {
            Add(field, "required", "必填。", "Required.");
        }
    }

    /// <summary>Text that may be missing but not be too long.</summary>
    /// <returns>The text without surrounding blanks, or null when nothing is left.</returns>
    public string? Longest(string field, string? text, int longest)
    {
        var trimmed = text?.Trim();
        if (trimmed?.Length > longest)
        {
            Add(field, "too-long", $"最多 {longest} 个字。", $"At most {longest} characters.");
        }

        return trimmed is { Length: > 0 } ? trimmed : null;
    }

    /// <summary>Notes an error unless <paramref name="holds"/>.</summary>
    public void That(bool holds, string field, string code, string zh, string en)
    {
        if (!holds)
        {
            Add(field, code, zh, en);
        }
    }
}
