using LaborBridge.Matching.Books;
using LaborBridge.ServiceDefaults;

namespace LaborBridge.Matching.Offers;

/// <summary>Scope (domain.md 8): the sending side by the worker's home, the receiving side by the workplace, a firm its own.</summary>
internal static class Sight
{
    public static bool MaySee(Caller caller, OfferRow offer) => caller.Role == Role.Employer
        ? caller.Employer == offer.EmployerId
        : caller.Covers(offer.HomeDivision) || caller.Covers(offer.SiteDivision);

    public static bool MayAnswer(Caller caller, OfferRow offer, string? party) => party switch
    {
        Offer.Worker => caller.Role != Role.Employer && caller.Covers(offer.HomeDivision),
        Offer.Employer => caller.Role == Role.Employer ? caller.Employer == offer.EmployerId : caller.Covers(offer.SiteDivision),
        _ => true,
    };

    public static bool MayOffer(Caller caller, WorkerRow worker, PostingRow posting) => caller.Role == Role.Employer
        ? caller.Employer is not null && caller.Employer == posting.EmployerId
        : caller.Covers(worker.HomeDivision) || caller.Covers(posting.SiteDivision);

    public static bool MaySeeWorker(Caller caller, string home) => caller.Role != Role.Employer && caller.Covers(home);

    public static bool MaySeePosting(Caller caller, Guid employer, string site, bool orAnyone) => caller.Role == Role.Employer
        ? caller.Employer == employer
        : orAnyone || caller.Covers(site);
}
