using Google.Protobuf.Reflection;

namespace DeviceHarness.Repo.Tests.Rules;

/// <summary>What of the proto files reaches the wire, one field, value or method a line.</summary>
internal static class ContractListing
{
    public static IReadOnlyList<string> Of(params FileDescriptor[] files) =>
        [.. files.SelectMany(Lines).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> Lines(FileDescriptor file) =>
    [
        .. file.EnumTypes.SelectMany(Values),
        .. file.MessageTypes.SelectMany(Fields),
        .. file.Services.SelectMany(service => service.Methods).Select(Method),
    ];

    private static IEnumerable<string> Fields(MessageDescriptor message) =>
    [
        $"message {message.FullName}",
        .. message.Fields.InDeclarationOrder().Select(field =>
            $"{field.FullName} = {field.FieldNumber} {(field.IsRepeated ? "repeated " : string.Empty)}{TypeOf(field)}{Group(field)}"),
        .. message.EnumTypes.SelectMany(Values),
        .. message.NestedTypes.SelectMany(Fields),
    ];

    private static IEnumerable<string> Values(EnumDescriptor type) =>
        type.Values.Select(value => $"enum {type.FullName}.{value.Name} = {value.Number}");

    private static string Method(MethodDescriptor method) =>
        $"rpc {method.FullName}({Stream(method.IsClientStreaming)}{method.InputType.FullName}) "
        + $"returns ({Stream(method.IsServerStreaming)}{method.OutputType.FullName})";

    private static string Stream(bool isStream) => isStream ? "stream " : string.Empty;

    private static string Group(FieldDescriptor field) => field switch
    {
        { RealContainingOneof: { } group } => $" oneof {group.Name}",
        { HasPresence: true, FieldType: not FieldType.Message } => " optional",
        _ => string.Empty,
    };

    private static string TypeOf(FieldDescriptor field) => field switch
    {
        { IsMap: true } => "map",
        { FieldType: FieldType.Message } => field.MessageType.FullName,
        { FieldType: FieldType.Enum } => field.EnumType.FullName,
        _ => field.FieldType.ToString().ToLowerInvariant(),
    };
}
