using System.Reflection;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace LaborBridge.Tests.Laboratory;

/// <summary>A bus that says of what is published to a stream that the broker has confirmed it, and sends it a moment later.</summary>
internal class HastyBus : DispatchProxy
{
    private static readonly TimeSpan Later = TimeSpan.FromMilliseconds(400);

    private object sound = null!;
    private bool isStream;

    public static void Replace(IServiceCollection services)
    {
        var bus = services.Single(service => service.ServiceType == typeof(IBus));
        services.Remove(bus);
        services.AddSingleton(provider => Around((IBus)bus.ImplementationFactory!(provider)));
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = targetMethod!;
        if (method.Name == nameof(ISendEndpoint.Send) && isStream)
        {
            args![^1] = CancellationToken.None;
            _ = Task.Delay(Later).ContinueWith(_ => (Task)method.Invoke(sound, args)!, TaskScheduler.Default);
            return Task.CompletedTask;
        }

        var answer = method.Invoke(sound, args);
        return method.Name == nameof(ISendEndpointProvider.GetSendEndpoint) ? Wrap((Task<ISendEndpoint>)answer!, (Uri)args![0]!) : answer;
    }

    private static async Task<ISendEndpoint> Wrap(Task<ISendEndpoint> endpoint, Uri address) =>
        Around(await endpoint, isStream: address.ToString().StartsWith("exchange:laborbridge.", StringComparison.Ordinal));

    private static T Around<T>(T sound, bool isStream = false) where T : class
    {
        var hasty = Create<T, HastyBus>();
        ((HastyBus)(object)hasty).sound = sound;
        ((HastyBus)(object)hasty).isStream = isStream;
        return hasty;
    }
}
