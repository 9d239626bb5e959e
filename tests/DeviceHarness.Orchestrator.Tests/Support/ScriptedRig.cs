using System.Threading.Channels;
using DeviceHarness.Contracts.V1;
using DeviceHarness.TestKit;
using Grpc.Core;
using Grpc.Net.Client;

namespace DeviceHarness.Orchestrator.Tests.Support;

/// <summary>A rig that does what a test says, over the real stream.</summary>
internal sealed class ScriptedRig : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<RigMessage, OrchestratorMessage> _call;

    // As an agent does, a rig reads all the time: a server that stops is told at once that its last word has come.
    private readonly Channel<OrchestratorMessage> _incoming = Channel.CreateUnbounded<OrchestratorMessage>();
    private readonly Task<Status> _reading;

    private ScriptedRig(string address)
    {
        _channel = GrpcChannel.ForAddress(address);
        _call = new RigService.RigServiceClient(_channel).Connect();
        _reading = PumpAsync();
    }

    /// <summary>What the rig answers to a health check: null for a healthy rig, otherwise why its port is not open.</summary>
    public string? PortFault { get; set; }

    /// <summary>What keeps the rig itself from working; empty when nothing does.</summary>
    public string Fault { get; set; } = string.Empty;

    /// <summary>Why its device gives no sign of life when a check asks for one; empty when it does.</summary>
    public string Silence { get; set; } = string.Empty;

    /// <summary>Why its device is in quarantine; empty when it is not.</summary>
    public string Quarantine { get; set; } = string.Empty;

    /// <summary>Whether the rig answers health checks; an older agent does not.</summary>
    public bool AnswersHealthChecks { get; set; } = true;

    /// <summary>Connects without a word.</summary>
    public static ScriptedRig Dial(string address) => new(address);

    /// <summary>Connects, says hello, reads the welcome and answers the health check that follows it.</summary>
    public static async Task<ScriptedRig> ConnectAsync(
        string address, Hello hello, string? portFault = null, bool answersHealthChecks = true)
    {
        ScriptedRig rig = new(address) { PortFault = portFault, AnswersHealthChecks = answersHealthChecks };
        await rig.SendAsync(new RigMessage { Hello = hello });
        OrchestratorMessage first = await rig.ReadAsync();
        if (first.BodyCase != OrchestratorMessage.BodyOneofCase.Welcome)
        {
            throw new InvalidOperationException($"the first message was {first.BodyCase}");
        }

        await rig.ReadHealthCheckAsync();
        return rig;
    }

    public Task SendAsync(RigMessage message) => _call.RequestStream.WriteAsync(message).DefaultTimeout();

    public Task SendAsync(params AttemptEvent[] events) =>
        SendAsync(new RigMessage { Events = new EventBatch { Events = { events } } });

    /// <summary>Reads the next message; a health check among them is answered.</summary>
    public async Task<OrchestratorMessage> ReadAsync()
    {
        OrchestratorMessage message = await _incoming.Reader.WaitToReadAsync().AsTask().DefaultTimeout()
            && _incoming.Reader.TryRead(out OrchestratorMessage? next)
                ? next
                : throw new InvalidOperationException($"the orchestrator ended the stream: {await _reading}");
        if (message.HealthCheck is { } check && AnswersHealthChecks)
        {
            await ReportAsync(check.CheckId, check.Asks ? Silence : string.Empty);
        }

        return message;
    }

    /// <summary>Reports the health of the only device.</summary>
    public Task ReportAsync(string checkId, string silence = "") => SendAsync(new RigMessage
    {
        HealthReport = new HealthReport
        {
            CheckId = checkId,
            Fault = Fault,
            Devices =
            {
                new DeviceHealth
                {
                    Device = "esme-01",
                    PortOpen = PortFault is null,
                    Detail = PortFault ?? string.Empty,
                    Quarantine = Quarantine,
                    Silence = silence,
                },
            },
        },
    });

    /// <summary>Reads on until a health check comes, which is answered.</summary>
    public async Task<HealthCheck> ReadHealthCheckAsync() =>
        (await ReadUntilAsync(OrchestratorMessage.BodyOneofCase.HealthCheck)).HealthCheck;

    /// <summary>Reads on until a lease comes.</summary>
    public async Task<Lease> ReadLeaseAsync() => (await ReadUntilAsync(OrchestratorMessage.BodyOneofCase.Lease)).Lease;

    /// <summary>Reads on until an acknowledgement comes.</summary>
    public async Task<EventAck> ReadAckAsync() => (await ReadUntilAsync(OrchestratorMessage.BodyOneofCase.Ack)).Ack;

    /// <summary>Reads on until a lease is called off.</summary>
    public async Task<CancelLease> ReadCancelAsync() => (await ReadUntilAsync(OrchestratorMessage.BodyOneofCase.Cancel)).Cancel;

    /// <summary>Reads on until a device is let out of quarantine.</summary>
    public async Task<ReleaseDevice> ReadReleaseAsync() =>
        (await ReadUntilAsync(OrchestratorMessage.BodyOneofCase.ReleaseDevice)).ReleaseDevice;

    /// <summary>Reads on until a request outside any pack comes.</summary>
    public async Task<AdHocRequest> ReadAdHocAsync() => (await ReadUntilAsync(OrchestratorMessage.BodyOneofCase.AdHocRequest)).AdHocRequest;

    /// <summary>Sends all events of an attempt and waits for the acknowledgement of the last.</summary>
    public async Task RunAsync(Lease lease, Verdict verdict, string reason = "")
    {
        await SendAsync(Samples.Whole(lease, verdict, reason));
        EventAck ack = await ReadAckAsync();
        if (ack.LeaseNumber != lease.LeaseNumber || ack.Sequence != 4)
        {
            throw new InvalidOperationException($"acknowledged {ack}");
        }
    }

    /// <summary>Sends all events of an attempt that passes and waits for the acknowledgement of the last, whatever was acknowledged
    /// before.</summary>
    public async Task RunAfterAcksAsync(Lease lease)
    {
        await SendAsync(Samples.Whole(lease, Verdict.Passed));
        EventAck ack = await ReadAckAsync();
        while (ack.LeaseNumber != lease.LeaseNumber || ack.Sequence != 4)
        {
            ack = await ReadAckAsync();
        }
    }

    /// <summary>Reads to the end of the stream.</summary>
    public Task<Status> ReadStatusAsync() => _reading.DefaultTimeout();

    /// <summary>Ends the stream as an agent that stops.</summary>
    public Task CompleteAsync() => _call.RequestStream.CompleteAsync();

    public ValueTask DisposeAsync()
    {
        _call.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Status> PumpAsync()
    {
        try
        {
            while (await _call.ResponseStream.MoveNext(CancellationToken.None))
            {
                _incoming.Writer.TryWrite(_call.ResponseStream.Current);
            }

            return Status.DefaultSuccess;
        }
        catch (RpcException exception)
        {
            return exception.Status;
        }
        finally
        {
            _incoming.Writer.Complete();
        }
    }

    private async Task<OrchestratorMessage> ReadUntilAsync(OrchestratorMessage.BodyOneofCase body)
    {
        while (true)
        {
            OrchestratorMessage message = await ReadAsync();
            if (message.BodyCase == body)
            {
                return message;
            }
        }
    }
}
