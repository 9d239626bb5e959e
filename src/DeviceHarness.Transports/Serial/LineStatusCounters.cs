namespace DeviceHarness.Transports.Serial;

/// <summary>What the port's driver counted since the port appeared; take it before and after an exchange.</summary>
/// <remarks>A count that moved turns a verdict on the device into trouble on the wire.</remarks>
/// <param name="Framing">Octets without a stop bit: mostly a wrong baud rate.</param>
/// <param name="Overrun">Octets lost because nobody fetched them in time.</param>
/// <param name="Parity">Octets with the wrong parity.</param>
/// <param name="Break">Breaks received.</param>
public readonly record struct LineStatusCounters(int Framing, int Overrun, int Parity, int Break);
