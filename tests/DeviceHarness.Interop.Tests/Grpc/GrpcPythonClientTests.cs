namespace DeviceHarness.Interop.Tests.Grpc;

/// <summary>Python's grpcio, and so the C core, as the client of our server.</summary>
public sealed class GrpcPythonClientTests(PeerClientFixture<PythonPeer> fixture) : ForeignClientTests<PythonPeer>(fixture);
