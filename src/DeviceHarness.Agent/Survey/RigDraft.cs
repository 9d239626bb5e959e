using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Drivers.Survey;
using DeviceHarness.Duis;

namespace DeviceHarness.Agent.Survey;

/// <summary>Writes a rig file with one device from what a survey saw, to be run as it is and to be taken over into another.</summary>
internal static class RigDraft
{
    /// <summary>Writes it.</summary>
    /// <param name="findings">What was seen.</param>
    /// <param name="device">The device's name.</param>
    /// <param name="profile">The name of its profile.</param>
    /// <param name="port">The port's stable name.</param>
    /// <param name="now">When it was seen.</param>
    internal static string Write(LineFindings findings, string device, string profile, string port, DateTimeOffset now)
    {
        string serial = findings.ValueOf(SurveyedValue.SerialNumber);
        string firmware = findings.ValueOf(SurveyedValue.Firmware);
        bool isOwn = Eui64.TryParse(serial, out Eui64 own);
        Eui64 identifier = isOwn
            ? own
            : DraftText.MadeUpIdentifier($"{findings.ValueOf(SurveyedValue.LogicalDeviceName)} {serial} {port}");
        LineSetting line = findings.Line ?? new LineSetting(9600, SerialFormat.EightNone1);
        List<string> lines =
        [
            .. Head($"Drafted by harness survey of {DraftText.Plain(port)}, and tried by nobody", now),
            "devices:",
            $"  {device}:",
            "    type: ESME            # the profile says why",
            $"    eui64: {identifier}    # {(isOwn ? "seen" : "GUESS: made up; the device tells none here, its label does")}",
            "    smets: 1              # GUESS",
        ];
        if (firmware.Length > 0)
        {
            lines.Add($"    firmware: {DraftText.Quoted(firmware)}     # seen");
        }

        lines.Add($"    profile: {profile}");
        lines.Add($"    link: {SurveyPort.LinkText(port, line, findings.SignOnBaud is not null)}   # "
            + (findings.Line is null ? "GUESS: nothing answered" : "seen"));
        string[] facts =
        [
            .. firmware.Length > 0 ? [$"baseline-firmware: {DraftText.Quoted(firmware)}"] : (string[])[],
            .. serial.Length > 0 ? [$"serial-number: {DraftText.Quoted(serial)}"] : (string[])[],
        ];
        if (facts.Length > 0)
        {
            lines.Add("    # Packs hold the device against these: the device told them, so compare them with its plate and papers first.");
            lines.Add($"    facts: {{ {string.Join(", ", facts)} }}");
            lines.Add("    # The packs also want what its display shows, such as import-reading-wh; no port tells that.");
        }

        return string.Join('\n', lines) + "\n";
    }

    /// <summary>How each drafted rig file begins.</summary>
    internal static IReadOnlyList<string> Head(string description, DateTimeOffset now) =>
    [
        $"# yaml: a draft that 'harness survey' wrote on {DraftText.Moment(now)}. \"seen\": the device told it. \"GUESS\": nobody told.",
        "# Its device entry goes as it is under 'devices' of another rig file, its profile into that file's folder of profiles.",
        "rig: survey",
        $"description: {DraftText.Quoted(description)}",
        string.Empty,
        "# GUESS: made-up Users of the simulated DCC, as in the harness's own rigs.",
        "users:",
        "  IS: 90-B3-D5-1F-30-01-00-01",
        "  GS: 90-B3-D5-1F-30-01-00-02",
        "  ED: 90-B3-D5-1F-30-01-00-03",
        "  OU: 90-B3-D5-1F-30-01-00-04",
        string.Empty,
    ];
}
