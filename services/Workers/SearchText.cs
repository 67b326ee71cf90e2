using System.Globalization;
using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Workers;

/// <summary>
/// A search text as the keyed hashes it may equal: a whole name or its first two characters, a whole ID or its last four or six, a whole phone or its last
/// four, a household's number. Nothing plain is stored, so nothing else can be found by.
/// </summary>
internal sealed record SearchText
{
    // Equal to no hash.
    private const string None = "-";

    public string IdHash { get; private init; } = None;
    public string TailHash { get; private init; } = None;
    public string NameHash { get; private init; } = None;

    /// <summary>The first two characters of the whole name: the index has them in front.</summary>
    public string NameStart { get; private init; } = None;
    public string StartHash { get; private init; } = None;
    public string PhoneHash { get; private init; } = None;
    public string PhoneTailHash { get; private init; } = None;
    public string HouseholdNumber { get; private init; } = None;

    /// <summary>The last six of an ID: found by the last four, and compared when the row is open.</summary>
    public string? LastSix { get; private init; }

    /// <summary>The text read; null when there is none.</summary>
    public static SearchText? Of(string? q, Sealing sealing, Checks checks)
    {
        var text = Cells.Identifier(q);
        if (text.Length == 0)
        {
            return null;
        }

        if (!text.All(char.IsAsciiLetterOrDigit))
        {
            var word = Cells.Word(q);
            var length = new StringInfo(word).LengthInTextElements;
            checks.That(length > 1, "q", "too-short", "姓名加密保存，请输入全名，或姓名的前两个字。", "Names are encrypted: enter the whole name, or its first two characters.");
            return new SearchText { NameHash = sealing.NameHash(word), NameStart = sealing.StartHash(word), StartHash = length == 2 ? sealing.StartHash(word) : None };
        }

        var tail = text.Length is 4 or 6 && text[..^1].All(char.IsAsciiDigit) && (char.IsAsciiDigit(text[^1]) || text[^1] == 'X');
        return new SearchText
        {
            IdHash = ResidentId.TryParse(text, out var id) ? sealing.IdHash(id) : None,
            TailHash = tail ? sealing.TailHash(text[^4..]) : None,
            LastSix = tail && text.Length == 6 ? text : null,
            PhoneHash = Phone.TryParse(text, out var phone) ? sealing.PhoneHash(phone) : None,
            PhoneTailHash = text.Length == 4 && text.All(char.IsAsciiDigit) ? sealing.PhoneTailHash(text) : None,
            HouseholdNumber = text.Length > 4 ? text : None,
        };
    }

    /// <summary>Whether an opened row is meant: the last two hashed characters of six are not.</summary>
    public bool Fits(WorkerRow row, Person? person) => LastSix is not { } six || row.HouseholdNumber == six || (person is not null && Sealing.EndsWith(person, six));

    /// <summary>The arguments of the statement that finds by hashes, within the caller's sight.</summary>
    public Dictionary<string, object?> Args(Caller caller, Dictionary<string, object?> filter)
    {
        var all = new Dictionary<string, object?>(Sight.Args(caller), StringComparer.Ordinal);
        foreach (var (name, value) in filter)
        {
            all[name] = value;
        }

        (all["IdHash"], all["TailHash"], all["NameHash"], all["StartHash"]) = (IdHash, TailHash, NameHash, StartHash);
        // Hashes are hexadecimal: what begins with one lies before the same with a g.
        (all["NameStart"], all["PhoneTailEnd"]) = (NameStart, PhoneTailHash == None ? None : PhoneTailHash + "g");
        (all["PhoneHash"], all["PhoneTailHash"], all["HouseholdNumber"]) = (PhoneHash, PhoneTailHash, HouseholdNumber);
        return all;
    }
}
