using System.ComponentModel;
using System.Diagnostics;
using System.Xml.Linq;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Interop.Tests.Duis;

/// <summary>Signatures that the harness writes, checked by the XML Security Library's own program.</summary>
public sealed class XmlSecTests : IDisposable
{
    private const string OfTheRoot = "/*/*[local-name()='Signature']";
    private static readonly Eui64 User = Eui64.Parse("90-B3-D5-1F-30-01-00-01");
    private static readonly Eui64 Meter = Eui64.Parse("90-B3-D5-1F-30-00-00-A0");
    private static readonly DateTimeOffset Now = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("xmlsec-");
    private readonly SigningIdentity _dcc = new("simulated DCC");
    private readonly SigningIdentity _provider = new("simulated S1SP");

    public void Dispose()
    {
        _dcc.Dispose();
        _provider.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_signed_request_is_valid()
    {
        string request = DuisRequestWriter.Write(new DuisRequest(new RequestId(User, Meter, 1), 1, new ReadFirmwareVersion(Now)));

        string signed = XmlSignature.Sign(request, _dcc.Key);

        (await VerifiesAsync(signed, _dcc)).Should().BeTrue();
        (await VerifiesAsync(signed, _provider)).Should().BeFalse();
        (await VerifiesAsync(signed.Replace(":1<", ":2<", StringComparison.Ordinal), _dcc)).Should().BeFalse();
    }

    [Fact]
    public async Task Both_signatures_of_a_device_answer_are_valid()
    {
        string answer = Answer();

        string inner = Inner(answer);

        (await VerifiesAsync(answer, _dcc)).Should().BeTrue();
        (await VerifiesAsync(inner, _provider)).Should().BeTrue();
        (await VerifiesAsync(inner, _dcc)).Should().BeFalse();
        (await VerifiesAsync(answer.Replace("4.2.0", "4.2.1", StringComparison.Ordinal), _dcc)).Should().BeFalse();
        (await VerifiesAsync(inner.Replace("4.2.0", "4.2.1", StringComparison.Ordinal), _provider)).Should().BeFalse();
    }

    /// <summary>The Service Provider's document, as it was before the service put it into its response.</summary>
    private static string Inner(string answer) => XDocument.Parse(answer, LoadOptions.PreserveWhitespace)
        .Descendants(XName.Get("SMETS1SignedResponse", DuisSchema.ServiceUserGateway)).Single().ToString(SaveOptions.DisableFormatting);

    private string Answer()
    {
        SimulatedDcc service = new(
            new ServiceOptions
            {
                Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [User] }),
                ServiceKey = _dcc.Key,
                ServiceProviderKey = _provider.Key,
            },
            new SmartMeteringInventory([new InventoryDevice(Meter, "ESME", DeviceStatus.Commissioned, "", Smets1: true)]));
        RequestId id = service.Receive(new DuisRequest(new RequestId(User, Meter, 1), 1, new ReadFirmwareVersion()), null, Now).RequestId;
        ReadFirmwareVersionRsp body = new() { FirmwareVersion = " 4.2.0 <&> " };
        return service.Complete(id, new DeviceOutcome(DeviceOutcomeKind.Done, body, "", null, null), Now).Xml;
    }

    private async Task<bool> VerifiesAsync(string xml, SigningIdentity signer)
    {
        string message = Path.Combine(_folder.FullName, "message.xml");
        string key = Path.Combine(_folder.FullName, "key.pem");
        await File.WriteAllTextAsync(message, xml);
        await File.WriteAllTextAsync(key, signer.PublicKeyPem);
        ProcessStartInfo start = new("xmlsec1", ["--verify", "--pubkey-pem", key, "--node-xpath", OfTheRoot, message])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process program = Started(start);
        Task<string> output = program.StandardOutput.ReadToEndAsync();
        Task<string> error = program.StandardError.ReadToEndAsync();
        await program.WaitForExitAsync().DefaultTimeout();
        string said = $"{await output}{await error}";

        // A verdict either way: anything else, such as a key that cannot be read, must not pass for one.
        said.Should().MatchRegex(program.ExitCode == 0 ? "(?m)^OK" : "(?m)^FAIL");
        return program.ExitCode == 0;
    }

    private static Process Started(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new InvalidOperationException("xmlsec1 did not start: install the package xmlsec1", exception);
        }
    }
}
