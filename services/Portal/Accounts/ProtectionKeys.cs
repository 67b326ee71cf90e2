using System.Xml.Linq;
using LaborBridge.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace LaborBridge.Portal.Accounts;

/// <summary>The framework's keys for cookies and forms, encrypted in the portal's database: every replica has them, and a restart ends no session.</summary>
internal sealed class ProtectionKeys(Db<PortalService> db, KeyRing ring, TimeProvider time) : IXmlRepository
{
    private static readonly Sql SelectAll = Sql.Text("SELECT id, xml FROM protection_keys ORDER BY id");
    private static readonly Sql Insert = Sql.Insert("protection_keys", "id, xml");

    // The framework asks synchronously, on a thread of the pool and rarely: at the start and once a day.
    public IReadOnlyCollection<XElement> GetAllElements() => Task.Run(() => db.Read(tx => tx.Query<Row>(SelectAll))).GetAwaiter().GetResult()
        .ConvertAll(row => XElement.Parse(ring.Decrypt("protection_keys", "xml", row.Id, row.Xml)));

    public void StoreElement(XElement element, string friendlyName)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var xml = ring.Encrypt("protection_keys", "xml", id, element.ToString(SaveOptions.DisableFormatting));
        Task.Run(() => db.Write(tx => tx.Execute(Insert, new { Id = id, Xml = xml }))).GetAwaiter().GetResult();
    }

    private sealed class Row
    {
        public required Guid Id { get; init; }

        public required byte[] Xml { get; init; }
    }
}
