using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Rpc.Tests.Calls;

/// <summary>A service bound by hand whose handler throws what no handler should.</summary>
[BindServiceMethod(typeof(BrokenService), nameof(Bind))]
public sealed class BrokenService
{
    /// <summary>What only a client that may see details is told.</summary>
    public const string Secret = "key 0x1234";

    private readonly FormatException _failure = new(Secret);

    private static readonly Method<string, string> Method = new(
        MethodType.Unary, "test.Broken", nameof(Break), Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    /// <summary>Binds the service's only method.</summary>
    public static void Bind(ServiceBinderBase binder, BrokenService? service) =>
        binder.AddMethod(Method, service is null ? null : new UnaryServerMethod<string, string>(service.Break));

    /// <summary>Calls the service.</summary>
    public static Task<string> CallAsync(GrpcChannel channel) =>
        channel.CreateCallInvoker().AsyncUnaryCall(Method, null, default, "").ResponseAsync;

    /// <summary>Throws.</summary>
    public Task<string> Break(string request, ServerCallContext context) => throw _failure;
}
