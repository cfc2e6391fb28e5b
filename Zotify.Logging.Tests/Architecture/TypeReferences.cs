using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Zotify.Logging.Tests.Architecture;

/// <summary>
/// The types of an assembly that each of its types names: in its bases, attributes, signatures and instructions. Constants and
/// <c>nameof</c> leave no trace in an assembly.
/// </summary>
internal sealed class TypeReferences(PEReader file, MetadataReader metadata)
{
    /// <summary>The types that the type names, itself included.</summary>
    public IReadOnlySet<TypeDefinitionHandle> Of(TypeDefinitionHandle handle)
    {
        var found = new HashSet<TypeDefinitionHandle>();
        var signatures = new SignatureTypes(found);
        var type = metadata.GetTypeDefinition(handle);
        Add(type.BaseType, signatures);
        foreach (var implemented in type.GetInterfaceImplementations())
            Add(metadata.GetInterfaceImplementation(implemented).Interface, signatures);
        AddConstraints(type.GetGenericParameters(), signatures);
        AddAttributes(type.GetCustomAttributes(), signatures);
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            field.DecodeSignature(signatures, false);
            AddAttributes(field.GetCustomAttributes(), signatures);
        }

        foreach (var property in type.GetProperties())
            AddAttributes(metadata.GetPropertyDefinition(property).GetCustomAttributes(), signatures);
        foreach (var method in type.GetMethods().Select(metadata.GetMethodDefinition)) AddMethod(method, signatures);
        return found;
    }

    private void AddMethod(MethodDefinition method, SignatureTypes signatures)
    {
        method.DecodeSignature(signatures, false);
        AddConstraints(method.GetGenericParameters(), signatures);
        AddAttributes(method.GetCustomAttributes(), signatures);
        if (method.RelativeVirtualAddress == 0) return;
        var body = file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(signatures, false);
        foreach (var region in body.ExceptionRegions) Add(region.CatchType, signatures);
        foreach (var token in IlTokens.Of(body)) Add(token, signatures);
    }

    private void AddConstraints(GenericParameterHandleCollection parameters, SignatureTypes signatures)
    {
        foreach (var constraint in parameters.SelectMany(parameter => metadata.GetGenericParameter(parameter).GetConstraints()))
            Add(metadata.GetGenericParameterConstraint(constraint).Type, signatures);
    }

    private void AddAttributes(CustomAttributeHandleCollection attributes, SignatureTypes signatures)
    {
        foreach (var attribute in attributes) Add(metadata.GetCustomAttribute(attribute).Constructor, signatures);
    }

    private void Add(EntityHandle token, SignatureTypes signatures)
    {
        if (token.IsNil) return;
        switch (token.Kind)
        {
            case HandleKind.TypeDefinition:
                signatures.GetTypeFromDefinition(metadata, (TypeDefinitionHandle)token, 0);
                break;
            case HandleKind.TypeSpecification:
                signatures.GetTypeFromSpecification(metadata, false, (TypeSpecificationHandle)token, 0);
                break;
            case HandleKind.MethodDefinition:
                Add(metadata.GetMethodDefinition((MethodDefinitionHandle)token).GetDeclaringType(), signatures);
                break;
            case HandleKind.FieldDefinition:
                Add(metadata.GetFieldDefinition((FieldDefinitionHandle)token).GetDeclaringType(), signatures);
                break;
            case HandleKind.MemberReference:
                Add(metadata.GetMemberReference((MemberReferenceHandle)token).Parent, signatures);
                break;
            case HandleKind.MethodSpecification:
                var method = metadata.GetMethodSpecification((MethodSpecificationHandle)token);
                method.DecodeSignature(signatures, false);
                Add(method.Method, signatures);
                break;
        }
    }
}
