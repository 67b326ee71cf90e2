using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace LaborBridge.Tests.Architecture.Knowing;

/// <summary>References in the metadata of a compiled assembly; the compiler writes only what is really used.</summary>
internal static class AssemblyFacts
{
    public static (IReadOnlySet<string> Assemblies, IReadOnlySet<string> Types) Read(string file)
    {
        using var stream = File.OpenRead(file);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var assemblies = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));
        var types = metadata.TypeReferences.Select(handle => metadata.GetTypeReference(handle))
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}");
        return (assemblies.ToHashSet(StringComparer.Ordinal), types.ToHashSet(StringComparer.Ordinal));
    }
}
