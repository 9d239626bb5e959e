using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Orchestrator.Tests.Support;

/// <summary>A rig whose agent hangs: its connection stays open, and nothing more is read from it. What its journal still sends, it sends.
/// </summary>
internal sealed class HungRig : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<RigMessage, OrchestratorMessage> _call;

    private HungRig(string address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _call = new RigService.RigServiceClient(_channel).Connect();
    }

    /// <summary>Connects, answers the first health check, takes the leases that follow, and hangs.</summary>
    public static async Task<(HungRig Rig, IReadOnlyList<Lease> Leases)> HangAsync(string address, Hello hello, int leases)
    {
        HungRig rig = new(address);
        await rig.SendAsync(new RigMessage { Hello = hello });
        List<Lease> taken = [];
        while (taken.Count < leases)
        {
            OrchestratorMessage message = await rig.ReadAsync();
            if (message.HealthCheck is { } check)
            {
                await rig.SendAsync(new RigMessage
                {
                    HealthReport = new HealthReport
                    {
                        CheckId = check.CheckId,
                        Devices = { new DeviceHealth { Device = "esme-01", PortOpen = true } },
                    },
                });
            }
            else if (message.Lease is { } lease)
            {
                taken.Add(lease);
            }
        }

        return (rig, taken);
    }

    public Task SendAsync(RigMessage message) => _call.RequestStream.WriteAsync(message).DefaultTimeout();

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<OrchestratorMessage> ReadAsync() =>
        await _call.ResponseStream.MoveNext(CancellationToken.None).DefaultTimeout()
            ? _call.ResponseStream.Current
            : throw new InvalidOperationException("the orchestrator ended the stream");
}
