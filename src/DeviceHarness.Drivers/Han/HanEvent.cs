using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.ZigBeeAdapter;
using DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

namespace DeviceHarness.Drivers.Han;

/// <summary>What a home area network tells unasked.</summary>
/// <param name="At">When.</param>
public abstract record HanEvent(DateTimeOffset At);

/// <summary>A message that nobody asked for: a report, an event, an alarm, something published.</summary>
/// <param name="Message">The message.</param>
/// <param name="At">When.</param>
public sealed record HanMessageHeard(HanMessage Message, DateTimeOffset At) : HanEvent(At);

/// <summary>A message of a cluster that asks for the link key came without it. It was not taken.</summary>
/// <param name="Message">The message.</param>
/// <param name="At">When.</param>
public sealed record HanUnprotectedMessage(HanMessage Message, DateTimeOffset At) : HanEvent(At);

/// <summary>A message that is no ZCL frame.</summary>
/// <param name="NodeId">Who sent it.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Octets">The message.</param>
/// <param name="At">When.</param>
public sealed record HanUndecodedMessage(ushort NodeId, ushort Cluster, ReadOnlyMemory<byte> Octets, DateTimeOffset At) : HanEvent(At);

/// <summary>A device joined or rejoined.</summary>
/// <param name="Eui64">The device.</param>
/// <param name="NodeId">Its short address.</param>
/// <param name="IsRejoin">Whether it was in the network before.</param>
/// <param name="At">When.</param>
public sealed record HanNodeJoined(ulong Eui64, ushort NodeId, bool IsRejoin, DateTimeOffset At) : HanEvent(At);

/// <summary>A device that nobody let in joined, and was told to leave.</summary>
/// <param name="Eui64">The device.</param>
/// <param name="NodeId">Its short address.</param>
/// <param name="At">When.</param>
public sealed record HanStrangerRemoved(ulong Eui64, ushort NodeId, DateTimeOffset At) : HanEvent(At);

/// <summary>A device joined, agreed on no link key in the time that it had, and was told to leave.</summary>
/// <param name="Eui64">The device.</param>
/// <param name="NodeId">Its short address.</param>
/// <param name="Limit">The time that it had, <see cref="HanSettings.KeyAgreementTime"/>.</param>
/// <param name="At">When.</param>
public sealed record HanKeylessRemoved(ulong Eui64, ushort NodeId, TimeSpan Limit, DateTimeOffset At) : HanEvent(At);

/// <summary>A device left.</summary>
/// <param name="Eui64">The device.</param>
/// <param name="At">When.</param>
public sealed record HanNodeLeft(ulong Eui64, DateTimeOffset At) : HanEvent(At);

/// <summary>No device can join any more.</summary>
/// <param name="At">When.</param>
public sealed record HanJoiningClosed(DateTimeOffset At) : HanEvent(At);

/// <summary>Key establishment ended: a link key is in use, or why not.</summary>
/// <param name="Eui64">The device.</param>
/// <param name="Role">Which side we were.</param>
/// <param name="Failure">Why it failed; none when it did not.</param>
/// <param name="Status">What was said when it was ended.</param>
/// <param name="At">When.</param>
public sealed record HanKeyEstablishment(
    ulong Eui64, EstablishmentRole Role, EstablishmentFailure Failure, TerminateStatus Status, DateTimeOffset At) : HanEvent(At);

/// <summary>An answer of ours did not reach the device that asked.</summary>
/// <param name="NodeId">The device's short address.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record HanAnswerLost(ushort NodeId, string Reason, DateTimeOffset At) : HanEvent(At);

/// <summary>Something of the adapter: it is lost or back, its network changed, events were lost, a frame is not known.</summary>
/// <param name="Told">What it told.</param>
/// <param name="At">When.</param>
public sealed record HanAdapterEvent(ZigBeeAdapterEvent Told, DateTimeOffset At) : HanEvent(At);

/// <summary>Something went wrong that nobody waits for.</summary>
/// <param name="Reason">What.</param>
/// <param name="At">When.</param>
public sealed record HanFault(HarnessException Reason, DateTimeOffset At) : HanEvent(At);
