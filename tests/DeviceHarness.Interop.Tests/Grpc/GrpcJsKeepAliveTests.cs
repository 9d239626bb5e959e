namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Pings between this project and grpc-js.</summary>
public sealed class GrpcJsKeepAliveTests : ForeignKeepAliveTests<NodePeer>;
