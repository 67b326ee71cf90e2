using LaborBridge.Persistence;
using Microsoft.Extensions.Logging;

namespace LaborBridge.EventStreams;

/// <summary>The source's side of a replay: sends the part of the log that was asked for to the one queue that asked.</summary>
internal sealed partial class Replays(string service, Db db, OwnLog log, StreamOptions options, Transport transport, StreamMeters meters, ILogger logger)
{
    /// <summary>Answers a request. What cannot be sent is not: the subscriber asks again.</summary>
    public async Task Answer(ReplayRequested request, CancellationToken cancel)
    {
        try
        {
            await Send(request, cancel);
            meters.Answered(service, log.Stream);
        }
        catch (Exception error)
        {
            LogNotAnswered(service, request.AnswerTo, request.From, error);
        }
    }

    private async Task Send(ReplayRequested request, CancellationToken cancel)
    {
        var after = request.From - 1;
        var upTo = after + Math.Clamp(request.Window, 1, options.Window);
        do
        {
            var from = after;
            var segment = await db.Read(tx => log.Read(tx, from, upTo, options, asked: request.From), cancel);
            await transport.Answer(request.AnswerTo, segment, cancel);
            after = segment.Events.Length == 0 ? segment.Head : segment.LastPosition;
            upTo = Math.Min(upTo, segment.Head);
        }
        while (after < upTo);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Service}: could not send {AnswerTo} what it asked for from {From}")]
    private partial void LogNotAnswered(string service, string answerTo, long from, Exception error);
}
