using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LaborBridge.Placements;

/// <summary>
/// The month that a piece of evidence proves: a number counted from 1, or a calendar month <c>2026-06</c>, which stands for the month of service that began in it.
/// </summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct MonthOfService(int Number, DateOnly? Calendar)
{
    /// <summary>The number for a spell that began on a day; 0 or less where the calendar month lies before it.</summary>
    public int Of(DateOnly firstDay) => Calendar is { } month ? ((month.Year - firstDay.Year) * 12) + month.Month - firstDay.Month + 1 : Number;

    sealed class Converter : JsonConverter<MonthOfService>
    {
        public override MonthOfService Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
        {
            JsonTokenType.Number when reader.TryGetInt32(out var number) => new MonthOfService(number, Calendar: null),
            JsonTokenType.String when DateOnly.TryParseExact(reader.GetString() + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month) => new MonthOfService(0, month),
            _ => throw new JsonException("month: a number counted from 1, or a calendar month such as \"2026-06\"."),
        };

        public override void Write(Utf8JsonWriter writer, MonthOfService value, JsonSerializerOptions options)
        {
            if (value.Calendar is { } month)
                writer.WriteStringValue(month.ToString("yyyy-MM"));
            else
                writer.WriteNumberValue(value.Number);
        }
    }
}
