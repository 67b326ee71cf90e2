using LaborBridge.Domain;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers.Rosters.Reading;

namespace LaborBridge.Workers.Rosters.Verdicts;

/// <summary>
/// Decides on a row of the wish sheet: it changes registered workers only, and a blank cell nothing. 不同意 withdraws a consent given before
/// (PIPL art. 15): that holds even when the roster is undone.
/// </summary>
internal static class WishDecision
{
    public static Decision Of(WishEntry entry, IReadOnlyList<Finding> findings, Known? known, Guid? companion, Caller caller)
    {
        if (known is null || !Sight.Changes(caller, known.Row))
        {
            // The same words for both: nobody learns from a sheet whom other stations have registered.
            return Decision.Refuse([.. findings, new Finding(FindingCode.NotRegistered, Column.ResidentId)]);
        }

        if (known.Row.OutReason is not null)
        {
            return Decision.Refuse([.. findings, new Finding(FindingCode.OutOfProgramme, Column.ResidentId)]);
        }

        var all = findings.ToList();
        if (Cells.Word(known.Facts.Person.Name) != entry.Name)
        {
            all.Add(new Finding(FindingCode.NameDiffers, Column.Name));
        }

        var with = companion is { } id && id != known.Row.Id ? companion : null;
        if (entry.With is not null && with is null)
        {
            all.Add(new Finding(FindingCode.CompanionUnknown, Column.With));
        }

        var consented = known.Consents.Any(consent => consent.Purpose == Consent.Recommendation && consent.WithdrawnAt is null);
        var facts = known.Facts with
        {
            Person = known.Facts.Person with { Phones = Facts.With(known.Facts.Person.Phones, entry.Phones) },
            Wishes = Merge(entry, known.Facts.Wishes, with),
            Certificates = entry.Certificates is { } seen && !seen.All(known.Facts.Certificates.Contains)
                ? [.. known.Facts.Certificates.Union(seen, StringComparer.Ordinal).Take(20)]
                : known.Facts.Certificates,
            Consents = entry.Consent == true && !consented ? [new NewConsent(Consent.Recommendation, entry.ConsentForm, entry.AskedOn, Receiver: null)] : [],
        };
        var isSame = facts.Consents.Count == 0 && Facts.Same(known.Facts, facts);
        var withdraws = entry.Consent == false && consented;
        return new Decision(isSame && !withdraws ? Verdict.Unchanged : Verdict.Updated, all, isSame ? null : facts, Spells: null, withdraws);
    }

    private static Wishes? Merge(WishEntry entry, Wishes? before, Guid? with)
    {
        var says = entry.Trades is not null || entry.Places is not null || entry.Pay is not null || entry.From is not null || entry.Lodging is not null || entry.Canteens is not null
            || with is not null;
        if (!says && entry.Willing is null)
        {
            return before;
        }

        return new Wishes(
            entry.Willing ?? before?.Willing ?? true,
            entry.Trades ?? before?.Trades ?? [Trades.General],
            entry.Places ?? before?.Places ?? [],
            entry.Pay?.Fen ?? before?.MonthlyPayFen,
            entry.From ?? before?.From,
            entry.Lodging ?? before?.Lodging ?? false,
            entry.Canteens ?? before?.Canteens ?? [],
            with ?? before?.With,
            entry.Languages ?? before?.Languages);
    }
}
