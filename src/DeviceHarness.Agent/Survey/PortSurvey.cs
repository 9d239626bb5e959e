using System.Runtime.CompilerServices;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;
using DeviceHarness.Drivers.Survey;

namespace DeviceHarness.Agent.Survey;

/// <summary>First contact with an unknown device at a serial port: what answers there, and a profile and a rig file to begin
/// with.</summary>
/// <remarks>Nothing is written to the device and no method is invoked. Drafts are written however the survey ends.</remarks>
public static class PortSurvey
{
    private const string Root = "/";
    private const string FileScheme = "file:";
    private static readonly ObisCode DeviceLogOfHub = ObisCode.Parse("0-0:30.3.0.255");

    /// <summary>Surveys a port: a serial one, of this machine or of another.</summary>
    /// <param name="options">The port, and what is tried.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it; what is known by then is kept and told.</param>
    /// <exception cref="TransportException">TRAN-001 the port is missing, or nobody listens there; TRAN-002 it is in use, with whoever
    /// holds it; TRAN-003 it cannot be set.</exception>
    /// <exception cref="ConfigurationException">SURV-020, -021, -022: an option is wrong; or a file that one names is.</exception>
    /// <exception cref="IOException">The drafts cannot be written.</exception>
    public static async Task<SurveyReport> RunAsync(PortSurveyOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        IByteTransport port = await SurveyPort.OpenAsync(options.Port, time, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable closing = port.ConfigureAwait(false);
        return await RunAsync(options, port, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether a name is that of a serial port of another machine.</summary>
    /// <param name="port">The name: <c>tcp:host:port</c> or <c>rfc2217:host:port</c>.</param>
    public static bool IsRemote(string port)
    {
        ArgumentNullException.ThrowIfNull(port);
        return SurveyPort.IsRemote(port);
    }

    /// <summary>The port of a device of a rig file, for a survey of what is at it.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="device">Its device.</param>
    /// <param name="dataFolder">The data folder of its virtual bench.</param>
    /// <returns>A path, <c>tcp:host:port</c> or <c>rfc2217:host:port</c>.</returns>
    /// <exception cref="ConfigurationException">RIG-010: the device speaks HDLC at no port of its own.</exception>
    public static string PortOf(RigConfiguration rig, RigDevice device, string dataFolder)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(device);
        return SurveyPort.Of(rig, device, dataFolder);
    }

    /// <summary>Surveys a line that is open.</summary>
    internal static async Task<SurveyReport> RunAsync(
        PortSurveyOptions options, IByteTransport line, TimeProvider time, CancellationToken cancellationToken)
    {
        string? password = options.Password is { } reference ? Absolute(reference) : null;
        DeviceProfile? like = options.LikeProfile is { } file ? DeviceProfileLoader.LoadFile(file) : null;
        LineSurveySettings settings = new()
        {
            Bauds = options.Bauds.Count > 0 ? options.Bauds : LineSurveySettings.UsualBauds,
            Addresses = options.Addresses.Count > 0
                ? [.. options.Addresses.Select(HdlcAddressText.Read)]
                : LineSurveySettings.UsualAddresses,
            Password = password is null ? null : ReferenceOf(password),
            PasswordClient = options.PasswordClient,
            Attempts = name => SecurityFolder.Of(options.DataFolder, "survey", DraftText.Name(name)),
            Told = options.Told,
        };
        SurveyFolder folder = new(options.OutFolder);
        LineSurvey survey = new(line, settings, time);
        bool isInterrupted = false;
        try
        {
            await survey.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            isInterrupted = true;
        }

        LineFindings findings = survey.Findings;
        WriteDrafts(folder, findings, options, password, like, time.GetUtcNow());
        SurveyEnd end = SurveyReport.EndOf(findings, isInterrupted);
        string json = LineSurveyText.Json(options.Port, end, findings);
        folder.WriteJson(json);
        return new SurveyReport(
            end, LineSurveyText.Lines(findings), SurveyReport.Told(findings.Problems), folder.Files, json);
    }

    private static void WriteDrafts(
        SurveyFolder folder, LineFindings findings, PortSurveyOptions options, string? password, DeviceProfile? like, DateTimeOffset now)
    {
        if (findings.Address is null || IsHub(findings))
        {
            return;
        }

        string port = StablePort.Of(Root, options.Port);
        string told = findings.ValueOf(SurveyedValue.LogicalDeviceName) is { Length: > 0 } name
            ? name
            : findings.ValueOf(SurveyedValue.SerialNumber);
        string profile = $"survey-{DraftText.Name(told)}";
        folder.WriteRig(RigDraft.Write(findings, "esme-01", profile, port, now));
        folder.WriteProfile(profile, new ProfileDraft(findings, profile, port, now).Write(password, like));
    }

    /// <summary>Whether it is a comms hub, by its device log: no profile of one is drafted.</summary>
    internal static bool IsHub(LineFindings findings) => findings.Objects.Any(found => found.Name == DeviceLogOfHub);

    /// <summary>A reference to a secret whose path is relative to where the command was given.</summary>
    private static string Absolute(string reference)
    {
        return reference.StartsWith(FileScheme, StringComparison.Ordinal)
            ? FileScheme + Path.GetFullPath(reference[FileScheme.Length..])
            : reference;
    }

    private static SecretReference ReferenceOf(string reference) => SecretReference.Read(
        ConfigurationNode.Parse($"password: {DraftText.Quoted(reference)}", "command line").Require("password"));
}
