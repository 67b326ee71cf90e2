using LaborBridge.Persistence;
using LaborBridge.ServiceDefaults;
using LaborBridge.Workers;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Laboratory;

/// <summary>Registers as the service does, but answers before the commit.</summary>
internal static class EarlyAnswers
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(400);

    public static void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.Request.Path != "/api/workers")
        {
            await next(http);
            return;
        }

        http.User = (await http.AuthenticateAsync("Bearer")).Principal ?? throw new InvalidOperationException("The laboratory's clerk has no token.");
        var caller = http.Caller();
        var writer = http.RequestServices.GetRequiredService<WorkerWriter>();
        var body = await http.Request.ReadFromJsonAsync<WorkerBody>(JsonText.Options) ?? throw new InvalidOperationException("No body.");
        var (worker, _) = RegisterWorker.Prepare(caller, body, writer, TimeProvider.System);
        var handled = new TaskCompletionSource<Reply>(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = http.RequestServices.GetRequiredService<Db<WorkersService>>().Write(async tx =>
        {
            handled.TrySetResult(await RegisterWorker.Handle(tx, caller, worker!, writer, TimeProvider.System));
            await Task.Delay(Between);
        });
        var reply = await handled.Task;
        http.Response.StatusCode = reply.Status;
        await http.Response.WriteAsJsonAsync(reply.Body, JsonText.Options);
    });
}
