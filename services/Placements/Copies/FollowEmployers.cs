using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Persistence;
using LaborBridge.Placements.Ledger;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Placements.Copies;

/// <summary>Keeps the copies of firms and postings. What indicators need of a firm goes into the ledger, so that a report can be reproduced.</summary>
internal static class FollowEmployers
{
    public static Subscription Subscription(TimeProvider time) =>
        new Subscription(Catalogs.Of(EmployerEvents.Contract))
            .On<EmployerRecorded>((tx, e, context) => Apply(tx, e, context, time))
            .On<PostingPublished>((tx, e, _) => Apply(tx, e))
            .Ignore<PostingClosed>()
            .OnRebuild(EmployerCopy.ForgetAll);

    internal static async Task Apply(Tx tx, EmployerRecorded e, EventContext context, TimeProvider time)
    {
        var before = await EmployerCopy.Find(tx, e.EmployerId);
        await EmployerCopy.Save(tx, new EmployerCopy
        {
            Id = e.EmployerId,
            Name = e.EmployerName,
            State = e.State,
            SiteDivision = e.SiteDivision,
            SiteKind = e.SiteKind,
            FujianInvested = e.FujianInvested,
        });
        if (context.Again || (before is not null && before.Name == e.EmployerName && before.SiteKind == e.SiteKind && before.FujianInvested == e.FujianInvested))
            return;
        tx.Record(time, new LedgerEntry
        {
            Kind = EntryKind.Employer,
            On = ChinaTime.Today(time),
            Employer = e.EmployerId,
            EmployerName = e.EmployerName,
            SiteKind = e.SiteKind,
            FujianInvested = e.FujianInvested,
        });
    }

    internal static Task Apply(Tx tx, PostingPublished e) => PostingCopy.Save(tx, new PostingCopy
    {
        Id = e.PostingId,
        EmployerId = e.EmployerId,
        Title = e.Title,
        SiteDivision = e.SiteDivision,
        SiteText = e.SiteText,
        Trade = e.Trade,
        ContractForm = e.ContractForm,
        ContractMonths = e.ContractMonths,
    });
}

/// <summary>The contracts as the streams want them.</summary>
internal static class Catalogs
{
    public static EventCatalog Of(StreamContract contract) => new(contract.Name, contract.Kinds, contract.Ignorable);
}
