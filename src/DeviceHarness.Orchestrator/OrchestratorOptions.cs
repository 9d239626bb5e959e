using System.Net;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Rpc.Hosting;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Orchestrator;

/// <summary>How an orchestrator is set up.</summary>
public sealed record OrchestratorOptions
{
    /// <summary>The gRPC port when none is given.</summary>
    public const int DefaultPort = 7410;

    /// <summary>The inconclusive attempts in a row that take a rig out when nothing else is said.</summary>
    public const int DefaultQuarantineAfter = LeasePolicy.DefaultInconclusiveInARow;

    /// <summary>The folder of the store, the lock and the published address; it is made when it is missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where gRPC is served: without <see cref="Tls"/> a loopback address; port 0 lets the system choose, and the bound port is
    /// published.</summary>
    public IPEndPoint Endpoint { get; init; } = new(IPAddress.Loopback, DefaultPort);

    /// <summary>The certificates of the port: rigs and clients must show one, too; null: cleartext, on loopback only.</summary>
    public MutualTls? Tls { get; init; }

    /// <summary>The pings that tell a dead connection from a silent one.</summary>
    public KeepAlive KeepAlive { get; init; } = KeepAlive.Default;

    /// <summary>Whether clients may ask which services there are and how they are described.</summary>
    public bool IsReflected { get; init; } = true;

    /// <summary>How often the store is tried for the health that is told; a failed store is tried at every look.</summary>
    public TimeSpan HealthInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a rig is asked to send a heartbeat; shorter than <see cref="OfflineAfter"/>.</summary>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The silence after which a rig is shown offline; it changes nothing else.</summary>
    public TimeSpan OfflineAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often expired leases and silent rigs are looked for.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many leases a rig holds ahead, and how often inconclusive work is repeated by itself.</summary>
    public LeasePolicy Leases { get; init; } = LeasePolicy.Default;

    /// <summary>How long a service request outside any pack may take when its caller sets no deadline.</summary>
    public TimeSpan ServiceRequestTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a new connection may take to say who it is.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The updates that may wait for one watcher; a slower one is given a new snapshot instead.</summary>
    public int WatcherQueueLimit { get; init; } = 256;

    /// <summary>The clock of every wait and stamp.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Where log lines go; null keeps them nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The same set-up with another number of inconclusive attempts in a row that take a rig out.</summary>
    /// <param name="attempts">How many; 0: none is taken out by itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than 0.</exception>
    public OrchestratorOptions WithQuarantineAfter(int attempts) => this with { Leases = Leases with { InconclusiveInARow = attempts } };
}
