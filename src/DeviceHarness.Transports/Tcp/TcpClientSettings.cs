namespace DeviceHarness.Transports.Tcp;

/// <summary>How a connection is made and kept.</summary>
public sealed record TcpClientSettings
{
    /// <summary>The host's name or address.</summary>
    public required string Host { get; init; }

    /// <summary>The host's TCP port, 1 to 65,535.</summary>
    public required int Port { get; init; }

    /// <summary>The connection's name in messages and evidence; empty means host and port.</summary>
    public string Name { get; init; } = string.Empty;

    /// <summary>How long making the connection may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a write waits for the other side to take what was written before it gives up.</summary>
    public TimeSpan WriteStallLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of all time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
