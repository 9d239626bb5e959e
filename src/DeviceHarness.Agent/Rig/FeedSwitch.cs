using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Transports.Gpio;

namespace DeviceHarness.Agent.Rig;

/// <summary>What switches a feed.</summary>
public abstract record FeedSwitch;

/// <summary>The contacts of the virtual bench: normally closed, and driven by a connection, so that they close when the agent
/// dies.</summary>
public sealed record VirtualSwitch : FeedSwitch;

/// <summary>A relay with a coil of its own.</summary>
/// <param name="IsNormallyClosed">Whether its contact feeds while the coil is not driven: the wiring that keeps devices powered when the
/// agent dies.</param>
public abstract record CoilSwitch(bool IsNormallyClosed) : FeedSwitch;

/// <summary>A coil at a GPIO line.</summary>
/// <param name="Line">The line.</param>
/// <param name="IsNormallyClosed">Whether its contact feeds while the coil is not driven.</param>
public sealed record GpioSwitch(GpioLineSettings Line, bool IsNormallyClosed) : CoilSwitch(IsNormallyClosed);

/// <summary>A coil of a relay board.</summary>
/// <param name="Board">The board's name in the rig file.</param>
/// <param name="Channel">Its channel, from 1.</param>
/// <param name="IsNormallyClosed">Whether its contact feeds while the coil is not driven.</param>
public sealed record BoardSwitch(string Board, int Channel, bool IsNormallyClosed) : CoilSwitch(IsNormallyClosed);

/// <summary>An outlet of a power strip that is asked over HTTP.</summary>
/// <param name="On">What gives the supply.</param>
/// <param name="Off">What takes it away.</param>
/// <param name="State">What tells whether it is there; null for a strip that does not tell.</param>
public sealed record HttpSwitch(HttpRequestText On, HttpRequestText Off, HttpState? State) : FeedSwitch
{
    /// <summary>The value of the header <c>Authorization</c>; null for none.</summary>
    public SecretReference? Authorization { get; init; }
}

/// <summary>A request over HTTP.</summary>
/// <param name="Method">GET, POST or PUT.</param>
/// <param name="Url">Where.</param>
/// <param name="Body">The text that goes with it; empty for none.</param>
public sealed record HttpRequestText(string Method, Uri Url, string Body);

/// <summary>How a power strip tells whether an outlet is on.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="OnWhen">The text that the answer contains when it is on, and only then.</param>
public sealed record HttpState(HttpRequestText Request, string OnWhen);

/// <summary>A program of the bench's own, the last resort. It ends with 0 when it did what it was started for.</summary>
/// <param name="On">The program and its arguments that give the supply.</param>
/// <param name="Off">The program and its arguments that take it away.</param>
public sealed record ExecSwitch(IReadOnlyList<string> On, IReadOnlyList<string> Off) : FeedSwitch;
