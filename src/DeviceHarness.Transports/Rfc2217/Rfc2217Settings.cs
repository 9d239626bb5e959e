using DeviceHarness.Abstractions.Transports;

namespace DeviceHarness.Transports.Rfc2217;

/// <summary>A serial port behind a network.</summary>
/// <param name="Line">Its rate and form.</param>
public sealed record Rfc2217Settings(LineSetting Line)
{
    /// <summary>How long the server may take to say what holds; it asks its port.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of all waits.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
