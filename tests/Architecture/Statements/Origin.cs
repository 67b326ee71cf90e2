using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using LaborBridge.Persistence;

namespace LaborBridge.Tests.Architecture.Statements;

/// <summary>Finds who makes statements: only initialisers of static fields may, or the tests would not see a statement.</summary>
internal static class Origin
{
    private const byte Call = 0x28;

    /// <summary>Methods that make a <see cref="Sql"/>, as <c>Type.method</c>.</summary>
    public static IReadOnlyList<string> Makers(Assembly assembly)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var factories = Factories(metadata);
        return
        [
            .. from handle in metadata.MethodDefinitions
               let method = metadata.GetMethodDefinition(handle)
               where method.RelativeVirtualAddress != 0
               let code = image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()
               where code is not null && Calls(code, factories)
               select $"{metadata.GetString(metadata.GetTypeDefinition(method.GetDeclaringType()).Name)}.{metadata.GetString(method.Name)}",
        ];
    }

    private static HashSet<int> Factories(MetadataReader metadata) =>
    [
        .. from handle in metadata.MemberReferences
           let member = metadata.GetMemberReference(handle)
           where member.Parent.Kind == HandleKind.TypeReference && member.GetKind() == MemberReferenceKind.Method
           let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
           where metadata.GetString(type.Name) == nameof(Sql) && metadata.GetString(type.Namespace) == typeof(Sql).Namespace
           where metadata.GetString(member.Name) is nameof(Sql.Text) or nameof(Sql.Insert) or nameof(Sql.InsertOrIgnore) or nameof(Sql.Upsert)
           select MetadataTokens.GetToken(handle),
    ];

    // A call is one byte and a token; that other operands happen to look like it is possible but has not been seen.
    private static bool Calls(byte[] code, HashSet<int> tokens) =>
        Enumerable.Range(0, Math.Max(0, code.Length - 4)).Any(at => code[at] == Call && tokens.Contains(BitConverter.ToInt32(code, at + 1)));
}
