namespace DeviceHarness.Drivers.Links.Wrapper;

/// <summary>How a client speaks with one logical device through the wrapper.</summary>
public sealed record WrapperClientSettings
{
    /// <summary>The client's wrapper port: its client address, 1 to 65,535.</summary>
    public required ushort ClientPort { get; init; }

    /// <summary>The logical device's wrapper port, 1 to 65,535.</summary>
    public required ushort ServerPort { get; init; }

    /// <summary>How long an answer may take; above zero. Nothing is sent twice: the connection repeats what is lost.</summary>
    public TimeSpan ResponseTimeout { get; init; } = TimeSpan.FromSeconds(8);
}
