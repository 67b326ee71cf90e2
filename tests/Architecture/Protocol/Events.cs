using System.Reflection;
using LaborBridge.Contracts;

namespace LaborBridge.Tests.Architecture.Protocol;

/// <summary>Every event of every stream, as the contracts list them.</summary>
internal static class Events
{
    public static IReadOnlyList<StreamContract> Streams { get; } =
        [.. typeof(StreamContract).Assembly.GetTypes()
            .Select(type => type.GetProperty("Contract", BindingFlags.Public | BindingFlags.Static))
            .Where(property => property?.PropertyType == typeof(StreamContract))
            .Select(property => (StreamContract)property!.GetValue(null)!)];

    public static IReadOnlyList<(string Stream, string Kind, Type Type)> All { get; } =
        [.. Streams.SelectMany(stream => stream.Kinds.Select(kind => (stream.Name, kind.Key, kind.Value)))];
}
