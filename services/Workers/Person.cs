using LaborBridge.Domain;
using LaborBridge.Persistence;

namespace LaborBridge.Workers;

/// <summary>The personal data of a worker in clear. Lives for one request; never in an event, a log line or another table.</summary>
internal sealed record Person(string Name, ResidentId ResidentId, IReadOnlyList<Phone> Phones, string? AddressText, string? Health, string? EthnicGroup)
{
    /// <summary>The family name followed by stars: 马*.</summary>
    public string MaskedName => MaskName(Name);

    /// <summary>The family name, or the first character, followed by one star for each other character.</summary>
    public static string MaskName(string name) => name.Length == 0 ? "" : name[..1] + new string('*', Math.Max(1, name.Length - 1));

    /// <inheritdoc/>
    public override string ToString() => MaskedName;
}

/// <summary>Seals personal data for storage and opens it again: one of the two places where a resident ID leaves its mask.</summary>
internal sealed class Sealing(KeyRing keys)
{
    private const string Table = "workers";

    /// <summary>The columns that it seals.</summary>
    public static readonly SealedColumn[] Columns =
    [
        new(Table, "id", "name"), new(Table, "id", "resident_id"), new(Table, "id", "phones"), new(Table, "id", "address_text"), new(Table, "id", "health"), new(Table, "id", "ethnic_group"),
    ];

    /// <summary>The keyed hash of the ID's 18 characters by which duplicates are found.</summary>
    public string IdHash(ResidentId id) => keys.Hash("worker-id", id.RevealCore());

    /// <summary>The keyed hash of the ID's last four characters, for look-up at the counter.</summary>
    public string TailHash(string lastFour) => keys.Hash("worker-id-tail", lastFour);

    /// <summary>The keyed hash of a full name.</summary>
    public string NameHash(string name) => keys.Hash("worker-name", Cells.Word(name));

    /// <summary>
    /// The keyed hash of a name's first two characters, for who knows no more of it. One character is not hashed: family names are so few and so
    /// unevenly spread that their counts alone would name them.
    /// </summary>
    public string StartHash(string name) => Short("worker-name-start", Start(Cells.Word(name)));

    /// <summary>
    /// The keyed hash of a phone number, behind that of its last four digits: one entry of the index answers both questions, and each entry costs an import a page of its own.
    /// </summary>
    public string PhoneHash(Phone phone) => PhoneTailHash(phone.Reveal()[^4..]) + keys.Hash("worker-phone", phone.Reveal())[..32];

    /// <summary>The keyed hash of a phone's last four digits.</summary>
    public string PhoneTailHash(string lastFour) => Short("worker-phone-tail", lastFour);

    /// <summary>The keyed hashes of a person's phones.</summary>
    public IReadOnlyList<TermRow> Terms(Guid worker, Person person) =>
    [
        .. person.Phones.Select(phone => new TermRow(worker, "phone", PhoneHash(phone))).Distinct(),
    ];

    /// <summary>Whether the ID ends with these characters.</summary>
    public static bool EndsWith(Person person, string tail) => person.ResidentId.RevealCore().EndsWith(tail, StringComparison.Ordinal);

    /// <summary>The first two characters, or all there are.</summary>
    public static string Start(string word) => string.Concat(word.EnumerateRunes().Take(2));

    /// <summary>The row with the person's data encrypted under the row's id, and the hashes to find it.</summary>
    public WorkerRow Seal(WorkerRow row, Person person) => row with
    {
        IdHash = IdHash(person.ResidentId),
        NameHash = NameHash(person.Name),
        TailHash = TailHash(person.ResidentId.RevealCore()[^4..]),
        StartHash = StartHash(person.Name),
        Name = keys.Encrypt(Table, "name", row.Id, person.Name),
        ResidentId = keys.Encrypt(Table, "resident_id", row.Id, person.ResidentId.Reveal()),
        Phones = keys.Encrypt(Table, "phones", row.Id, string.Join(' ', person.Phones.Select(phone => phone.Reveal()))),
        AddressText = keys.EncryptOrNull(Table, "address_text", row.Id, person.AddressText),
        Health = keys.EncryptOrNull(Table, "health", row.Id, person.Health),
        EthnicGroup = keys.EncryptOrNull(Table, "ethnic_group", row.Id, person.EthnicGroup),
    };

    /// <summary>The same row with its ciphertexts under the current key; null when they are.</summary>
    public static WorkerRow? Reseal(KeyRing keys, WorkerRow row)
    {
        byte[]?[] all = [row.Name, row.ResidentId, row.Phones, row.AddressText, row.Health, row.EthnicGroup];
        return Array.TrueForAll(all, cipher => cipher is null || cipher[0] == keys.Current) ? null : row with
        {
            Name = Again("name", row.Name), ResidentId = Again("resident_id", row.ResidentId), Phones = Again("phones", row.Phones),
            AddressText = Again("address_text", row.AddressText), Health = Again("health", row.Health), EthnicGroup = Again("ethnic_group", row.EthnicGroup),
        };

        byte[]? Again(string column, byte[]? cipher) => keys.EncryptOrNull(Table, column, row.Id, keys.DecryptOrNull(Table, column, row.Id, cipher));
    }

    /// <summary>The person, or null after erasure.</summary>
    public Person? Open(WorkerRow row) => row.Erased ? null : new Person(
        keys.Decrypt(Table, "name", row.Id, row.Name!),
        ResidentId.Parse(keys.Decrypt(Table, "resident_id", row.Id, row.ResidentId!)),
        [.. keys.Decrypt(Table, "phones", row.Id, row.Phones!).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Phone.Parse)],
        keys.DecryptOrNull(Table, "address_text", row.Id, row.AddressText),
        keys.DecryptOrNull(Table, "health", row.Id, row.Health),
        keys.DecryptOrNull(Table, "ethnic_group", row.Id, row.EthnicGroup));

    // Sixteen characters separate as well as sixty-four where several people share a value anyway.
    private string Short(string purpose, string value) => keys.Hash(purpose, value)[..16];
}
