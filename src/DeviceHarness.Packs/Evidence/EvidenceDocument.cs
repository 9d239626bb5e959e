using System.Text.Json.Serialization;
using DeviceHarness.Abstractions.Execution;

namespace DeviceHarness.Packs.Evidence;

/// <summary>The evidence of one attempt as a JSON document. Times are microseconds from the attempt's beginning on the monotonic
/// clock.</summary>
public sealed record EvidenceDocument
{
    /// <summary>The name and version of this form.</summary>
    public const string CurrentFormat = "deviceharness-evidence/1";

    /// <summary>What stands for a secret octet, or for a secret in a text.</summary>
    public const string MaskedOctet = "**";

    /// <summary>The name and version of the document's form.</summary>
    public string Format { get; init; } = CurrentFormat;

    /// <summary>The pack.</summary>
    public required PackEvidence Pack { get; init; }

    /// <summary>The case.</summary>
    public required CaseEvidence Case { get; init; }

    /// <summary>The rig's name.</summary>
    public required string Rig { get; init; }

    /// <summary>The seed of the run.</summary>
    public required long Seed { get; init; }

    /// <summary>The harness's version; empty when unknown.</summary>
    public required string HarnessVersion { get; init; }

    /// <summary>How the devices were reached: the route of the weakest.</summary>
    public required string Route { get; init; }

    /// <summary>What the devices were: the origin of the weakest.</summary>
    public required string Origin { get; init; }

    /// <summary>When the attempt began, in UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How long it took.</summary>
    public required long ElapsedMicroseconds { get; init; }

    /// <summary>How it ended.</summary>
    public required string Verdict { get; init; }

    /// <summary>Why, when it did not pass; otherwise empty.</summary>
    public required string Reason { get; init; }

    /// <summary>The octets that it sent to ports.</summary>
    public required long OctetsToDevice { get; init; }

    /// <summary>The octets that it received from ports.</summary>
    public required long OctetsFromDevice { get; init; }

    /// <summary>What was left out because the document would have been too large; empty when it is whole.</summary>
    public required string LeftOut { get; init; }

    /// <summary>The devices by role.</summary>
    public required IReadOnlyList<DeviceEvidence> Devices { get; init; }

    /// <summary>The steps that began, clean-up last.</summary>
    public required IReadOnlyList<StepEvidence> Steps { get; init; }

    /// <summary>The radios of the bench's ZigBee adapters when the attempt ended: channel, energy, and how devices were heard; null when
    /// there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RadioReport>? Radios { get; init; }

    /// <summary>What the devices told unasked; null when they told nothing and nothing was expected.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AlertsEvidence? Alerts { get; init; }
}

/// <summary>What the devices of an attempt told unasked, held against what its steps expected.</summary>
/// <param name="Expected">How many alerts steps expected and got in time.</param>
/// <param name="Missing">How many they expected that never came.</param>
/// <param name="Late">How many came after their step had given them up.</param>
/// <param name="Duplicates">How many had been told before.</param>
/// <param name="Unexplained">How many no step expected.</param>
/// <param name="LeftOut">How many more came than are listed.</param>
/// <param name="Rows">The alerts in the order in which they came, those from before the attempt first.</param>
public sealed record AlertsEvidence(
    int Expected, int Missing, int Late, int Duplicates, int Unexplained, long LeftOut, IReadOnlyList<AlertEvidence> Rows);

/// <summary>An alert of an attempt.</summary>
public sealed record AlertEvidence
{
    /// <summary>The device, by its name in the rig file.</summary>
    public required string Device { get; init; }

    /// <summary>The alert code, four hexadecimal digits; empty when what came holds none.</summary>
    public required string Code { get; init; }

    /// <summary>What the code means, or what came in its place.</summary>
    public required string Meaning { get; init; }

    /// <summary>When the bench had it, in UTC.</summary>
    public required DateTimeOffset Received { get; init; }

    /// <summary>When it happened by the device's clock, in UTC; null when the device did not say.</summary>
    public DateTimeOffset? Occurred { get; init; }

    /// <summary>What the device's clock said of itself then; empty when its time can be trusted.</summary>
    public string ClockStatus { get; init; } = string.Empty;

    /// <summary>What it came to: <c>expected</c>, <c>late</c>, <c>duplicate</c>, <c>unexplained</c>, or <c>earlier</c> when it came before
    /// the attempt.</summary>
    public required string Standing { get; init; }

    /// <summary>The step that expected it, in time or too late; null when none did.</summary>
    public string? Step { get; init; }

    /// <summary>The message for the User; empty when there is none.</summary>
    public required string Xml { get; init; }

    /// <summary>The APDU as it came, hexadecimal.</summary>
    public required string Octets { get; init; }
}

/// <summary>The pack of an attempt.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">The SHA-256 of its text, lower-case hexadecimal.</param>
public sealed record PackEvidence(string Name, string Version, string Hash);

/// <summary>The case of an attempt.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Srv">The service reference variant that it is about.</param>
/// <param name="Sources">Where it comes from.</param>
public sealed record CaseEvidence(string Id, string Title, string Srv, IReadOnlyList<string> Sources)
{
    /// <summary>The pack that the case was taken in from, with its version; null for a case of the pack's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? From { get; init; }

    /// <summary>The parameters of the pack that the case is written in, with the values that it ran with; null when it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string>? Parameters { get; init; }
}

/// <summary>A device of an attempt.</summary>
/// <param name="Role">The role in the pack.</param>
/// <param name="Name">The name in the rig file.</param>
/// <param name="DeviceType">The DUIS device type.</param>
/// <param name="Eui64">The identifier.</param>
/// <param name="Profile">The name of the profile.</param>
/// <param name="Status">The status in the inventory when the attempt ended; empty when the inventory does not hold the device.</param>
/// <param name="Firmware">The firmware version in the inventory when the attempt ended; empty when unknown.</param>
public sealed record DeviceEvidence(string Role, string Name, string DeviceType, string Eui64, string Profile, string Status,
    string Firmware)
{
    /// <summary>The frames and what carried them, such as <c>HDLC over a serial line</c>; empty in older evidence.</summary>
    public string Link { get; init; } = string.Empty;
}

/// <summary>One step of an attempt.</summary>
public sealed record StepEvidence
{
    /// <summary>Its place, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Which round of its step it is, from 1; null when the step is not repeated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Round { get; init; }

    /// <summary>The key that makes it, such as <c>request</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whether it belongs to clean-up.</summary>
    public required bool Cleanup { get; init; }

    /// <summary>How it ended.</summary>
    public required string Verdict { get; init; }

    /// <summary>What led to the verdict.</summary>
    public required string Symptom { get; init; }

    /// <summary>Why, when it did not pass; otherwise empty.</summary>
    public required string Reason { get; init; }

    /// <summary>When it began.</summary>
    public required long StartedMicroseconds { get; init; }

    /// <summary>How long it took.</summary>
    public required long ElapsedMicroseconds { get; init; }

    /// <summary>The service request; null when it sent none.</summary>
    public RequestEvidence? Request { get; init; }

    /// <summary>The expectations with what was found.</summary>
    public required IReadOnlyList<Expectations.ExpectationResult> Expectations { get; init; }

    /// <summary>The supplies that the step looked at; null when it looked at none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SupplyEvidence>? Supply { get; init; }

    /// <summary>The contacts of the bench that moved covers or pressed buttons; null when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContactEvidence>? Contacts { get; init; }

    /// <summary>What a comms hub told of itself at its service port; null when the step asked none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HubReportEvidence? Hub { get; init; }

    /// <summary>What the person at the bench was asked and answered; null when nobody was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public OperatorEvidence? Operator { get; init; }

    /// <summary>What was captured, by name.</summary>
    public required IReadOnlyDictionary<string, string> Captured { get; init; }

    /// <summary>The octets that passed the ports, in order; passwords are masked.</summary>
    public required IReadOnlyList<WireEvidence> Wire { get; init; }

    /// <summary>How many pieces of octets the wire log had lost before the step ended.</summary>
    public required long WireLost { get; init; }

    /// <summary>The octets explained: one line per frame or field.</summary>
    public required IReadOnlyList<string> Decode { get; init; }
}

/// <summary>What an input saw of a supply to the end of the step: from the beginning of the attempt, or from the last step before it that
/// found the supply as it asked for, without asking for an interruption.</summary>
/// <param name="Device">The device, by its name in the rig file.</param>
/// <param name="Terminal">The terminal.</param>
/// <param name="Before">Whether the supply was there at that beginning.</param>
/// <param name="Present">Whether it was there when the step ended.</param>
/// <param name="ObservedMicroseconds">How long it was looked at.</param>
/// <param name="LongestInterruptionMicroseconds">The longest time without it, one that went on included.</param>
/// <param name="Edges">Its changes, oldest first.</param>
public sealed record SupplyEvidence(
    string Device, string Terminal, bool Before, bool Present, long ObservedMicroseconds, long LongestInterruptionMicroseconds,
    IReadOnlyList<SupplyEdgeEvidence> Edges)
{
    /// <summary>The longest time that it may have been without it; null when every change was stamped as it happened.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LongestPossibleMicroseconds { get; init; }

    /// <summary>The times without a look that were longer than is usual, oldest first: what came and went then went unseen; null when
    /// there was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SupplyGapEvidence>? Gaps { get; init; }

    /// <summary>What was measured when the step ended; null for an input that does not measure.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Measured { get; init; }
}

/// <summary>A change of a supply.</summary>
/// <param name="Sequence">Its number at the input.</param>
/// <param name="Present">Whether the supply was there from then on.</param>
/// <param name="OffsetMicroseconds">When, from the beginning of <see cref="SupplyEvidence"/> by the input's monotonic clock.</param>
public sealed record SupplyEdgeEvidence(long Sequence, bool Present, long OffsetMicroseconds)
{
    /// <summary>How much earlier it may have been, of an input that is asked again and again; null when it was stamped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? UncertaintyMicroseconds { get; init; }
}

/// <summary>A time in which an input that is asked again and again was not asked for longer than is usual.</summary>
/// <param name="OffsetMicroseconds">When it began, from the beginning of <see cref="SupplyEvidence"/> by the input's monotonic clock;
/// negative when that was before.</param>
/// <param name="LengthMicroseconds">How long it is. Above 0.</param>
public sealed record SupplyGapEvidence(long OffsetMicroseconds, long LengthMicroseconds);

/// <summary>A contact of the bench that was moved in the place of a hand.</summary>
/// <param name="Contact">What it moves.</param>
/// <param name="By">What moved it: <c>gpio</c> or <c>virtual</c>.</param>
/// <param name="Active">Whether the cover was off, or the button pressed, from then on.</param>
public sealed record ContactEvidence(string Contact, string By, bool Active)
{
    /// <summary>When a line at the contact itself saw it move, by the kernel's stamp; null when no line looks at it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SeenMicroseconds { get; init; }

    /// <summary>The number of that change on the line; null when no line looks at it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? SeenSequence { get; init; }
}

/// <summary>A service request with its answers.</summary>
public sealed record RequestEvidence
{
    /// <summary>The service reference variant; empty when a request written as XML states none.</summary>
    public required string Srv { get; init; }

    /// <summary>The command variant; null when the pack wrote the whole request.</summary>
    public required int? CommandVariant { get; init; }

    /// <summary>The User Role.</summary>
    public required string Role { get; init; }

    /// <summary>The User.</summary>
    public required string User { get; init; }

    /// <summary>The target.</summary>
    public required string Target { get; init; }

    /// <summary>The request.</summary>
    public required string Xml { get; init; }

    /// <summary>How the bench brought the image of an 11.1 to the device; null when it was checked first, as always unless a pack says
    /// otherwise.</summary>
    public string? Delivery { get; init; }

    /// <summary>The synchronous response code; null when none.</summary>
    public string? AcknowledgementCode { get; init; }

    /// <summary>The synchronous answer; null when none.</summary>
    public string? AcknowledgementXml { get; init; }

    /// <summary>The asynchronous response code; null when none.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>The asynchronous answer; null when none.</summary>
    public string? ResponseXml { get; init; }

    /// <summary>The DCC alert that followed the response; null when none did.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? DccAlertXml { get; init; }

    /// <summary>Why the request was refused as malformed; null when it was not.</summary>
    public RefusalEvidence? Refusal { get; init; }

    /// <summary>What the device did; null when the request never reached one.</summary>
    public OutcomeEvidence? Outcome { get; init; }

    /// <summary>Where the time went; null when there was no answer.</summary>
    public LatencyEvidence? Latency { get; init; }

    /// <summary>The variants of the requests that the bench sent before it, in the same step, to learn the state that it changes and was to
    /// put back; null when it sent none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? ReadBefore { get; init; }

    /// <summary>What the service accepted with a doubt.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>A refusal as malformed.</summary>
/// <param name="Path">The path of the element at fault.</param>
/// <param name="Line">Its line, from 1; 0 when unknown.</param>
/// <param name="Column">Its column, from 1; 0 when unknown.</param>
/// <param name="Message">What is wrong.</param>
public sealed record RefusalEvidence(string Path, int Line, int Column, string Message);

/// <summary>What a device did with a request.</summary>
/// <param name="Kind">How the dialogue ended.</param>
/// <param name="Detail">What the device or the link said.</param>
/// <param name="DeviceCode">The device's own code when it refused.</param>
/// <param name="LinkAnswersProbe">After a silence: whether the link answered a probe.</param>
public sealed record OutcomeEvidence(string Kind, string Detail, int? DeviceCode, bool? LinkAnswersProbe);

/// <summary>Where the time of a request went, in microseconds.</summary>
/// <param name="Total">Queue, host, line and device together.</param>
/// <param name="Queue">Waiting for the device or its link.</param>
/// <param name="Host">The harness's own time.</param>
/// <param name="Line">The time the octets occupied the line.</param>
/// <param name="Device">The device's time to answer.</param>
/// <param name="Connect">Connecting and associating, not part of the total.</param>
/// <param name="AdapterBound">What the adapter's latency timer may have added, not part of the total.</param>
/// <param name="Exchanges">How many request-answer pairs were made.</param>
/// <param name="AssociationOpen">Whether the association was open when the request came.</param>
public sealed record LatencyEvidence(
    double Total, double Queue, double Host, double Line, double Device, double Connect, double AdapterBound, int Exchanges,
        bool AssociationOpen);

/// <summary>Octets that passed a port in one piece.</summary>
/// <param name="OffsetMicroseconds">When: before the first octet of a write, after the last of a read.</param>
/// <param name="Port">The port.</param>
/// <param name="Direction">Which way they went.</param>
/// <param name="Octets">The octets in hexadecimal, a space between two; <c>**</c> for an octet of a password.</param>
public sealed record WireEvidence(long OffsetMicroseconds, string Port, string Direction, string Octets)
{
    /// <summary>The octets; null for one that is masked.</summary>
    /// <exception cref="FormatException">They are not what the evidence's form says.</exception>
    public IEnumerable<byte?> Values() => Octets.Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(octet => octet == EvidenceDocument.MaskedOctet ? (byte?)null : Convert.FromHexString(octet)[0]);
}

/// <summary>Writes evidence without reflection.</summary>
[JsonSerializable(typeof(EvidenceDocument))]
internal sealed partial class EvidenceJson : JsonSerializerContext;
