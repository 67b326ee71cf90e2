using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LaborBridge.Tests.Architecture.Knowing;

/// <summary>Who calls a method, read from the compiled code, lambdas and async methods included.</summary>
/// <param name="Type">Full name of the outermost type that holds the caller.</param>
/// <param name="Method">Name of the calling method as compiled.</param>
internal sealed record CallFacts(string Type, string Method)
{
    // call, callvirt, and the second byte of ldftn; each is followed by the method's token.
    private static readonly byte[] Opcodes = [0x28, 0x6F, 0x06];

    /// <summary>Calls from the assembly to methods of a type in another assembly.</summary>
    public static IReadOnlyList<CallFacts> Of(Assembly assembly, Type target, params string[] methods)
    {
        using var stream = File.OpenRead(assembly.Location);
        using var image = new PEReader(stream);
        var metadata = image.GetMetadataReader();
        var tokens = Tokens(metadata, target, methods);
        return
        [
            .. from handle in metadata.MethodDefinitions
               let method = metadata.GetMethodDefinition(handle)
               where tokens.Count > 0 && method.RelativeVirtualAddress != 0
               let code = image.GetMethodBody(method.RelativeVirtualAddress).GetILBytes()
               where code is not null && Calls(code, tokens)
               select new CallFacts(Outermost(metadata, method.GetDeclaringType()), metadata.GetString(method.Name)),
        ];
    }

    private static HashSet<int> Tokens(MetadataReader metadata, Type target, string[] methods) =>
    [
        .. from handle in metadata.MemberReferences
           let member = metadata.GetMemberReference(handle)
           where member.Parent.Kind == HandleKind.TypeReference && member.GetKind() == MemberReferenceKind.Method && methods.Contains(metadata.GetString(member.Name))
           let type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent)
           where metadata.GetString(type.Name) == target.Name && metadata.GetString(type.Namespace) == target.Namespace
           select MetadataTokens.GetToken(handle),
    ];

    // Other operands could look like a call of exactly these tokens; the rule would then accuse, never overlook.
    private static bool Calls(byte[] code, HashSet<int> tokens) =>
        Enumerable.Range(0, Math.Max(0, code.Length - 4)).Any(at => Opcodes.Contains(code[at]) && tokens.Contains(BitConverter.ToInt32(code, at + 1)));

    private static string Outermost(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
