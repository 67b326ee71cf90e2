using LaborBridge.Contracts;
using LaborBridge.EventStreams;
using LaborBridge.Matching.Books;
using LaborBridge.Persistence;

namespace LaborBridge.Matching.Offers;

/// <summary>Ends offers: by a no, by time, by withdrawal, or by a hire. Rows are locked before: the worker, then his postings by id.</summary>
internal static class CloseOffer
{
    private static readonly Sql SetClosed = Sql.Text("""
        UPDATE offers SET version = version + 1, state = @State, waiting = 0, closed_by = @ClosedBy, reason = @Reason,
            worker_answer = COALESCE(@WorkerAnswer, worker_answer), employer_answer = COALESCE(@EmployerAnswer, employer_answer)
        WHERE id = @Id AND state = 'open'
        """);

    private static readonly Sql OthersOfWorker = Sql.Text($"SELECT {OfferRow.Columns} FROM offers WHERE worker_id = @WorkerId AND state = 'open' AND id <> @Id ORDER BY posting_id");

    /// <summary>Ends an open offer without a hire; false when it was not open any more.</summary>
    public static async Task<bool> Without(Tx tx, OfferRow offer, string state, string? party, string? reason)
    {
        var declined = state == Offer.Declined;
        if (await tx.Execute(SetClosed, new
        {
            State = state,
            ClosedBy = party,
            Reason = reason,
            WorkerAnswer = declined && party == Offer.Worker ? Offer.Decline : null,
            EmployerAnswer = declined && party == Offer.Employer ? Offer.Decline : null,
            offer.Id,
        }) == 0)
        {
            return false;
        }

        await Seats.CloseOfWorker(tx, offer.WorkerId);
        await Seats.Close(tx, offer.PostingId);
        if (offer.Waiting)
        {
            await Seats.Wait(tx, offer.PostingId, by: -1);
        }

        tx.WorkerChanged(offer.WorkerId);
        tx.PostingChanged(offer.PostingId);
        tx.Append(new OfferClosed(offer.Id, offer.WorkerId, offer.PostingId, state, party), offer.Id);
        await Seats.Tell(tx, offer.PostingId);
        return true;
    }

    /// <summary>Hires on an open offer to which both said yes; false when no seat is free. Locked before: the worker, and the postings of all his open offers.</summary>
    public static async Task<bool> WithHire(Tx tx, OfferRow offer, PostingRow posting, DateOnly on)
    {
        if (PostingCopy.Told(posting) is not { } told || !await Seats.Take(tx, offer.PostingId))
        {
            return false;
        }

        if (!await Seats.Claim(tx, offer.WorkerId, offer.Id, told.SiteDivision))
        {
            throw new InvalidOperationException($"Worker {offer.WorkerId} took another placement while the row was locked.");
        }

        if (offer.Waiting)
        {
            await Seats.Wait(tx, offer.PostingId, by: -1);
        }

        if (await tx.Execute(SetClosed, new
        {
            State = Offer.Accepted,
            ClosedBy = (string?)null,
            Reason = (string?)null,
            WorkerAnswer = Offer.Accept,
            EmployerAnswer = Offer.Accept,
            offer.Id,
        }) == 0)
        {
            throw new InvalidOperationException($"Offer {offer.Id} ended while its worker was locked.");
        }

        tx.WorkerChanged(offer.WorkerId);
        tx.PostingChanged(offer.PostingId);
        tx.Append(new OfferClosed(offer.Id, offer.WorkerId, offer.PostingId, Offer.Accepted, Party: null), offer.Id);
        tx.Append(new WorkerHired(
            offer.Id, offer.WorkerId, offer.PostingId, told.EmployerId, told.SiteDivision, told.SiteText, told.Trade, told.ContractForm, told.MonthlyGuaranteedFen, on), offer.Id);

        // Whoever is hired takes part in no other offer; nobody has declined anybody.
        foreach (var other in await tx.Query<OfferRow>(OthersOfWorker, new { offer.WorkerId, offer.Id }))
        {
            await Without(tx, other, Offer.Withdrawn, party: null, reason: "hired-elsewhere");
        }

        await Seats.Tell(tx, offer.PostingId);
        return true;
    }
}
