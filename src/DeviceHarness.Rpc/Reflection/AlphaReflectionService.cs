using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;

namespace DeviceHarness.Rpc.Reflection;

/// <summary><c>grpc.reflection.v1alpha</c>, which older tools ask for: the same messages under another name.</summary>
[BindServiceMethod(typeof(AlphaReflectionService), nameof(BindService))]
internal sealed class AlphaReflectionService(ReflectionAnswers answers)
{
    private const string Package = "grpc.reflection.v1";
    private const string AlphaPackage = "grpc.reflection.v1alpha";

    private static readonly Method<ServerReflectionRequest, ServerReflectionResponse> Method = new(
        MethodType.DuplexStreaming,
        $"{AlphaPackage}.ServerReflection",
        nameof(ServerReflectionInfo),
        Marshallers.Create(message => message.ToByteArray(), ServerReflectionRequest.Parser.ParseFrom),
        Marshallers.Create(message => message.ToByteArray(), ServerReflectionResponse.Parser.ParseFrom));

    /// <summary>The description of the service: that of the later version, renamed.</summary>
    public static ServiceDescriptor Descriptor { get; } = Rename(ServerReflection.Descriptor.File);

    public static void BindService(ServiceBinderBase binder, AlphaReflectionService? service) => binder.AddMethod(
        Method,
        service is null
            ? null
            : new DuplexStreamingServerMethod<ServerReflectionRequest, ServerReflectionResponse>(service.ServerReflectionInfo));

    public Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requestStream,
        IServerStreamWriter<ServerReflectionResponse> responseStream,
        ServerCallContext context) => answers.AnswerAllAsync(requestStream, responseStream, context.CancellationToken);

    private static ServiceDescriptor Rename(FileDescriptor file)
    {
        FileDescriptorProto renamed = file.ToProto();
        renamed.Name = file.Name.Replace("/v1/", "/v1alpha/", StringComparison.Ordinal);
        renamed.Package = AlphaPackage;
        foreach (FieldDescriptorProto field in renamed.MessageType.SelectMany(message => message.Field).Where(field => field.HasTypeName))
        {
            field.TypeName = RenameType(field.TypeName);
        }

        foreach (MethodDescriptorProto method in renamed.Service.SelectMany(service => service.Method))
        {
            method.InputType = RenameType(method.InputType);
            method.OutputType = RenameType(method.OutputType);
        }

        return FileDescriptor.BuildFromByteStrings([renamed.ToByteString()])[0].Services.Single();
    }

    private static string RenameType(string type) => type.Replace($".{Package}.", $".{AlphaPackage}.", StringComparison.Ordinal);
}
