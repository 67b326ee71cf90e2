using LaborBridge.Persistence;

namespace LaborBridge.EventStreams;

/// <summary>
/// Applies a segment in one transaction, or in a few when it takes long: the checkpoint is locked first and moved last, so that
/// whatever is delivered twice, by whomever, has effect once. An event that cannot be applied stops the stream after the good ones before it.
/// </summary>
internal sealed class SegmentApplier(string service, Db db, Subscription subscription, StreamOptions options, StreamMeters meters)
{
    private static readonly Sql SelectSkips = Sql.Text(
        "SELECT position FROM stream_acts WHERE stream = @Stream AND act = 'skip' AND incarnation = @Incarnation AND position >= @First AND position <= @Last");

    private readonly EventCatalog source = subscription.Source;

    /// <summary>The checkpoint afterwards. Throws only what comes from the database and may go away.</summary>
    public async Task<Checkpoint> Apply(Segment segment)
    {
        PoisonException? poison = null;
        while (true)
        {
            try
            {
                var checkpoint = await db.Write(tx => InOneTransaction(tx, segment, poison), repeatable: true);
                if (checkpoint.Position >= segment.LastPosition || SegmentVerdicts.Of(checkpoint, segment) != SegmentVerdict.Apply)
                {
                    return checkpoint;
                }
            }
            catch (PoisonException found)
            {
                // The next turn ends before it, so this comes to an end.
                poison = found;
            }
        }
    }

    /// <summary>Empties the copy and starts from nothing, unless another replica was faster.</summary>
    public Task<Checkpoint> Rebuild(Segment proof) => db.Write(
        async tx =>
        {
            var checkpoint = await Checkpoint.Lock(tx, source.Stream);
            if (SegmentVerdicts.Of(checkpoint, proof) == SegmentVerdict.Rebuild)
            {
                await StartAnew(tx, checkpoint, proof.Incarnation);
            }

            return checkpoint;
        },
        repeatable: true);

    /// <summary>Empties the copy and starts from nothing.</summary>
    public async Task StartAnew(Tx tx, Checkpoint checkpoint, Guid? incarnation)
    {
        await subscription.Clear!(tx);
        checkpoint.Unstick();
        checkpoint.Told = checkpoint.Incarnation == incarnation ? checkpoint.Told : 0;
        (checkpoint.Incarnation, checkpoint.Position, checkpoint.Head) = (incarnation, 0, 0);
        await checkpoint.Save(tx);
    }

    private async Task<Checkpoint> InOneTransaction(Tx tx, Segment segment, PoisonException? poison)
    {
        var checkpoint = await Checkpoint.Lock(tx, source.Stream);
        if (SegmentVerdicts.Of(checkpoint, segment) != SegmentVerdict.Apply)
        {
            return checkpoint;
        }

        var started = TimeProvider.System.GetTimestamp();
        var end = Math.Min(segment.LastPosition, (poison?.Position ?? long.MaxValue) - 1);
        var position = checkpoint.Position;
        var passedOver = checkpoint.Told > position ? await PassedOver(tx, segment, end) : [];
        while (position < end && (position == checkpoint.Position || TimeProvider.System.GetElapsedTime(started) < options.Hold))
        {
            position++;
            await ApplyOne(tx, position, segment.Events[position - segment.FirstPosition], again: position <= checkpoint.Told && !passedOver.Contains(position));
        }

        var count = position - checkpoint.Position;
        Stick(tx, checkpoint, position == end ? poison : null);
        (checkpoint.Incarnation, checkpoint.Position, checkpoint.Head) = (segment.Incarnation, position, Math.Max(segment.Head, position));
        checkpoint.Told = Math.Max(checkpoint.Told ?? 0, position);
        await checkpoint.Save(tx);
        tx.AfterCommit(() => meters.Applied(service, source.Stream, count));
        return checkpoint;
    }

    private async Task ApplyOne(Tx tx, long position, SegmentEvent arrived, bool again)
    {
        if (!source.Kinds.TryGetValue(arrived.Kind, out var type))
        {
            if (arrived.Ignorable)
            {
                return;
            }

            throw PoisonException.UnknownKind(position, arrived.Kind, service);
        }

        if (subscription.Applier(type) is not { } apply)
        {
            return;
        }

        try
        {
            await apply(tx, EventJson.Read(arrived.Body, type), new EventContext(source.Stream, position, arrived.At, arrived.Subject, again));
        }
        catch (Exception error) when (error is not OperationCanceledException && !db.IsTransient(error))
        {
            throw PoisonException.Failed(position, arrived.Kind, error);
        }
    }

    // An operator passed over them, so they have had no effect yet.
    private static async Task<HashSet<long>> PassedOver(Tx tx, Segment segment, long end) =>
        [.. await tx.Query<long>(SelectSkips, new { segment.Stream, segment.Incarnation, First = segment.FirstPosition, Last = end })];

    private void Stick(Tx tx, Checkpoint checkpoint, PoisonException? poison)
    {
        if (poison is null)
        {
            checkpoint.Unstick();
            return;
        }

        tx.AfterCommit(() => meters.Poison(service, source.Stream));
        var tries = checkpoint.StuckPosition == poison.Position ? checkpoint.Tries + 1 : 1;
        var wait = options.FirstRetry * Math.Pow(2, Math.Min(tries - 1, 20));
        checkpoint.StuckPosition = poison.Position;
        checkpoint.StuckKind = poison.Kind;
        checkpoint.StuckReason = poison.Message.Length <= 2000 ? poison.Message : poison.Message[..2000];
        checkpoint.Tries = tries;
        checkpoint.NextTry = checkpoint.Now + (wait < options.LongestRetry ? wait : options.LongestRetry);
    }
}
