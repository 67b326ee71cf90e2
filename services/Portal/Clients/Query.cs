using System.Globalization;

namespace LaborBridge.Portal.Clients;

/// <summary>A path with those parameters that have a value.</summary>
internal static class Query
{
    public static string Of(string path, params (string Name, object? Value)[] parameters)
    {
        var given = parameters
            .Select(parameter => (parameter.Name, Value: Written(parameter.Value)))
            .Where(parameter => !string.IsNullOrWhiteSpace(parameter.Value))
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value));
        return path + QueryString.Create(given);
    }

    private static string? Written(object? value) => value switch
    {
        null => null,
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(format: null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
