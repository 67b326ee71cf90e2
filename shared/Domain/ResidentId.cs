namespace LaborBridge.Domain;

/// <summary>Why a text is no resident ID.</summary>
public enum ResidentIdError
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The text is empty.</summary>
    Missing,

    /// <summary>A spreadsheet rounded the digits away (<c>6.42223E+17</c>, or 15 digits followed by 000). The sheet must be filled again as text.</summary>
    Destroyed,

    /// <summary>Neither 18 characters nor the 20 or 22 of a disability certificate.</summary>
    Length,

    /// <summary>A character that cannot stand at its place.</summary>
    Characters,

    /// <summary>Characters 7 to 14 are not a day of the calendar.</summary>
    BirthDate,

    /// <summary>The check character does not fit the 17 digits before it.</summary>
    Checksum,
}

/// <summary>
/// A resident identity number (公民身份号码, GB 11643-1999) of 18 characters, or a disability certificate's number of 20 or 22 whose first 18 are one.
/// The first six digits name the place of first coding and are never compared with today's divisions: most people of the region carry abolished codes.
/// <see cref="ToString"/> is masked; the digits come out through <see cref="Reveal"/> and <see cref="RevealCore"/> only.
/// The <c>default</c> value stands for no number: it is <see cref="IsEmpty"/> and everything else on it throws.
/// </summary>
public readonly record struct ResidentId
{
    const int CoreLength = 18;
    const string CheckLetters = "10X98765432";
    static ReadOnlySpan<byte> Weights => [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    readonly string? text;

    ResidentId(string text) => this.text = text;

    /// <summary>Whether this is the <c>default</c> value, no number at all.</summary>
    public bool IsEmpty => text is null;

    /// <summary>The birth date in characters 7 to 14.</summary>
    public DateOnly BirthDate => DateOnly.ParseExact(Text.AsSpan(6, 8), "yyyyMMdd");

    /// <summary>The year of birth, the finest that statistics get.</summary>
    public int BirthYear => BirthDate.Year;

    /// <summary>The sex, from the 17th digit: odd is male.</summary>
    public Sex Sex => (Text[16] - '0') % 2 == 1 ? Sex.Male : Sex.Female;

    /// <summary>Whether the text is a disability certificate's number (20 or 22 characters). Sensitive.</summary>
    public bool IsDisabilityCertificate => Text.Length > CoreLength;

    /// <summary>The day on which the person turns 18 (born on 29 February: 28 February in a common year).</summary>
    public DateOnly Turns18On => LegalAge.Reaches(BirthDate, LegalAge.FullAge);

    string Text => text ?? throw new InvalidOperationException("This ResidentId is the default value; it holds no number.");

    /// <summary>Reads a number as people and spreadsheets write it: full-width digits, blanks, lower-case x, <c>="…"</c>.</summary>
    /// <returns>False with the first <paramref name="error"/> found; <paramref name="id"/> is then empty.</returns>
    public static bool TryParse(string? text, out ResidentId id, out ResidentIdError error)
    {
        var cleaned = Cells.Identifier(text);
        error = Check(cleaned);
        id = error == ResidentIdError.None ? new ResidentId(cleaned) : default;
        return error == ResidentIdError.None;
    }

    /// <inheritdoc cref="TryParse(string?, out ResidentId, out ResidentIdError)"/>
    public static bool TryParse(string? text, out ResidentId id) => TryParse(text, out id, out _);

    /// <summary>Reads a number that was checked before, for instance one decrypted from the database.</summary>
    /// <exception cref="FormatException">The text is no resident ID. The message does not repeat it.</exception>
    public static ResidentId Parse(string text) =>
        TryParse(text, out var id, out var error) ? id : throw new FormatException($"Not a resident ID: {error}.");

    /// <summary>The check character of 17 digits (ISO 7064 MOD 11-2): 0 to 9 or X.</summary>
    /// <exception cref="ArgumentException"><paramref name="first17"/> does not begin with 17 digits.</exception>
    public static char CheckDigit(ReadOnlySpan<char> first17)
    {
        if (first17.Length < Weights.Length)
            throw new ArgumentException("17 digits are needed.", nameof(first17));
        var sum = 0;
        for (var i = 0; i < Weights.Length; i++)
        {
            if (!char.IsAsciiDigit(first17[i]))
                throw new ArgumentException("17 digits are needed.", nameof(first17));
            sum += (first17[i] - '0') * Weights[i];
        }

        return CheckLetters[sum % 11];
    }

    /// <summary>Completed years of age on a day.</summary>
    public int AgeOn(DateOnly day) => LegalAge.On(BirthDate, day);

    /// <summary>The whole number, all 18, 20 or 22 characters. Personal data: log the purpose where it is shown.</summary>
    public string Reveal() => Text;

    /// <summary>The 18 characters that identify the person, the input of the keyed hash that finds duplicates. Personal data.</summary>
    public string RevealCore() => Text[..CoreLength];

    /// <summary>The masked number, <c>642223********1234</c>; a certificate's tail is never shown.</summary>
    public override string ToString() => text is null ? "" : $"{text[..6]}********{text[14..CoreLength]}";

    static ResidentIdError Check(string cleaned)
    {
        if (cleaned.Length == 0)
            return ResidentIdError.Missing;
        if (Cells.IsDestroyedNumber(cleaned))
            return ResidentIdError.Destroyed;
        if (cleaned.Length is not (18 or 20 or 22))
            return ResidentIdError.Length;
        if (!HasProperCharacters(cleaned))
            return ResidentIdError.Characters;
        if (!DateOnly.TryParseExact(cleaned.AsSpan(6, 8), "yyyyMMdd", out var birth) || birth.Year < 1800)
            return ResidentIdError.BirthDate;
        if (CheckDigit(cleaned) == cleaned[17])
            return ResidentIdError.None;
        // A spreadsheet that took the text for a number kept 15 digits and wrote zeros for the rest.
        return cleaned.EndsWith("000", StringComparison.Ordinal) ? ResidentIdError.Destroyed : ResidentIdError.Checksum;
    }

    static bool HasProperCharacters(string cleaned)
    {
        for (var i = 0; i < cleaned.Length; i++)
        {
            var proper = char.IsAsciiDigit(cleaned[i]) || (i == 17 && cleaned[i] == 'X') || (i >= 20 && char.IsAsciiLetterUpper(cleaned[i]));
            if (!proper)
                return false;
        }

        return true;
    }
}
