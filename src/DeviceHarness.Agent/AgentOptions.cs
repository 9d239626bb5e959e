using DeviceHarness.Agent.Rig;
using DeviceHarness.Rpc.Hosting;
using Grpc.Net.Client;

namespace DeviceHarness.Agent;

/// <summary>What a rig agent is told at its start.</summary>
public sealed class AgentOptions
{
    /// <summary>The rig.</summary>
    public required RigConfiguration Rig { get; init; }

    /// <summary>The data folder; the journal lives in it.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The folder of device profiles; null means <see cref="RigConfiguration.ProfilesFolder"/>.</summary>
    public string? ProfilesFolder { get; init; }

    /// <summary>Finds the orchestrator's address; null when none is known yet. Asked before every attempt to connect.</summary>
    public required Func<string?> FindServer { get; init; }

    /// <summary>Opens a channel to an address that <see cref="FindServer"/> gave. Its pings are how a dead network is noticed: an agent
    /// that has nothing to send would otherwise wait for ever.</summary>
    public Func<string, GrpcChannel> OpenChannel { get; init; } = ChannelFactory.Cleartext.Open;

    /// <summary>Told once when the rig is held and its work can begin, whether or not an orchestrator is there.</summary>
    public Action OnReady { get; init; } = static () => { };

    /// <summary>Told the address of every connection that was welcomed.</summary>
    public Action<string> OnConnected { get; init; } = static _ => { };

    /// <summary>Defects to plant in the simulated service, as <c>name</c> (for the rig's first device) or <c>device:name</c>.</summary>
    public IReadOnlyList<string> ServiceDefects { get; init; } = [];

    /// <summary>Whether steps that nothing undoes may run on the rig's real devices in every run; otherwise a run has to allow them itself.
    /// On virtual devices they always may.</summary>
    public bool AllowIrreversible { get; init; }

    /// <summary>The seed of the jitter between attempts to connect.</summary>
    public int Seed { get; init; } = 1;
}
