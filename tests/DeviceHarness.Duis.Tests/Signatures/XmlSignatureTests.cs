using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Bodies.Supply;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Duis.Tests.Signatures;

public sealed class XmlSignatureTests : IDisposable
{
    private readonly SigningIdentity _dcc = new("simulated DCC");
    private readonly SigningIdentity _provider = new("simulated S1SP");

    public void Dispose()
    {
        _dcc.Dispose();
        _provider.Dispose();
    }

    [Fact]
    public void A_signed_request_is_valid_and_reads_as_before()
    {
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus()));

        string signed = XmlSignature.Sign(xml, _dcc.Key);

        XmlSignature.Verify(signed, [_dcc.Certificate]).Should()
            .Be(new XmlSignatureResult(XmlSignatureState.Valid, _dcc.Key.Signer, "", _dcc.Certificate));
        DuisReading<DuisRequest> reading =
            DuisRequestReader.Read(signed, RequestSignaturePolicy.Required, [_dcc.Certificate], DuisFixtures.Now);
        reading.Message.Should().Be(DuisFixtures.Request(new ReadSupplyStatus()) with { Signed = true });
        reading.Warnings.Should().BeEmpty();
        XmlSignature.Verify(xml, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Absent);
    }

    [Fact]
    public void A_request_signed_by_the_tool_of_the_DCC_is_valid()
    {
        XmlSignatureResult result = XmlSignature.Verify(ToolSigned(), [ToolCertificate()]);

        result.State.Should().Be(XmlSignatureState.Valid, result.Reason);
        result.Signer!.IssuerName.Should().Be("CN=Z1,OU=07");
        result.Certificate!.Owner.Should().Be(Eui64.Parse("90-B3-D5-1F-30-01-00-00"));
    }

    [Fact]
    public void Every_change_of_one_character_in_content_signed_by_the_tool_of_the_DCC_is_refused() =>
        EveryChangeIsRefused(ToolSigned(), "<sr:Request ", "<ds:Signature ", ToolCertificate());

    [Fact]
    public void Every_change_of_one_character_in_a_signed_body_is_refused()
    {
        string xml = XmlSignature.Sign(
            DuisRequestWriter.Write(DuisFixtures.Request(new ReadFirmwareVersion(DuisFixtures.Now))), _dcc.Key);

        EveryChangeIsRefused(xml, "<sr:Header>", "<ds:Signature ", _dcc.Certificate);
    }

    [Fact]
    public void Every_change_of_one_character_in_the_signed_information_and_its_value_is_refused()
    {
        string xml = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key);

        EveryChangeIsRefused(xml, "<ds:SignedInfo>", "<ds:KeyInfo>", _dcc.Certificate);
    }

    [Fact]
    public void Another_key_under_the_same_name_is_broken_and_without_a_certificate_nothing_is_checked()
    {
        using SigningIdentity other = new("somebody else");
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus()));
        using XmlSigningKey impostor = new(ECDsa.Create(ECCurve.NamedCurves.nistP256), _dcc.Key.Signer);

        string signed = XmlSignature.Sign(xml, impostor);

        XmlSignature.Verify(signed, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Broken);
        XmlSignature.Verify(signed, [_dcc.Certificate]).Certificate.Should().BeNull();
        XmlSignature.Verify(signed, [other.Certificate]).State.Should().Be(XmlSignatureState.NotChecked);
        XmlSignature.Verify(signed, [other.Certificate]).Reason.Should().Contain("no certificate").And.Contain("digest is right");
    }

    [Theory]
    [InlineData("<ds:Reference URI=\"\">", "<ds:Reference URI=\"#other\">")]
    [InlineData("<ds:Reference URI=\"\">", "<ds:Reference>")]
    [InlineData("xml-exc-c14n#", "xml-exc-c14n#WithComments")]
    [InlineData("ecdsa-sha256", "hmac-sha256")]
    [InlineData("xmlenc#sha256", "xmldsig#sha1")]
    [InlineData("xmldsig#enveloped-signature", "xmldsig#base64")]
    [InlineData("</ds:Signature>", "<ds:Object/></ds:Signature>")]
    [InlineData("</ds:SignedInfo>", "<ds:Reference URI=\"\"/></ds:SignedInfo>")]
    [InlineData("<ds:SignatureValue>", "<ds:SignatureValue><!-- -->")]
    public void A_signature_of_another_form_is_broken(string part, string replacement)
    {
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key);

        string changed = signed.Replace(part, replacement, StringComparison.Ordinal);

        changed.Should().NotBe(signed);
        XmlSignature.Verify(changed, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Broken);
    }

    [Fact]
    public void A_signature_without_its_reference_is_broken()
    {
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key);
        int from = signed.IndexOf("<ds:Reference", StringComparison.Ordinal);
        int to = signed.IndexOf("</ds:SignedInfo>", StringComparison.Ordinal);

        XmlSignature.Verify(signed.Remove(from, to - from), [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Broken);
    }

    [Fact]
    public void A_signature_moved_around_another_request_is_broken()
    {
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key);
        string evil = DuisRequestWriter.Write(DuisFixtures.Request(new EnableSupply(), 5));
        string original = signed[signed.IndexOf("<sr:Request", StringComparison.Ordinal)..];
        string signature = signed[signed.IndexOf("<ds:Signature", StringComparison.Ordinal)..]
            .Replace("</sr:Request>", "", StringComparison.Ordinal);

        string wrapped = evil.Replace("</sr:Request>", $"{signature}</sr:Request>", StringComparison.Ordinal);
        string carrying =
            signature.Replace("</ds:Signature>", $"<ds:Object>{original}</ds:Object></ds:Signature>", StringComparison.Ordinal);
        string carried = evil.Replace("</sr:Request>", $"{carrying}</sr:Request>", StringComparison.Ordinal);
        string twice = signed.Replace("</sr:Request>", $"{signature}</sr:Request>", StringComparison.Ordinal);

        foreach (string xml in (string[])[wrapped, carried, twice])
        {
            XmlSignature.Verify(xml, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Broken);
        }
    }

    [Fact]
    public void A_document_type_is_refused_before_any_signature_is_looked_at()
    {
        FluentActions.Invoking(() => XmlSignature.Verify("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", []))
            .Should().Throw<DuisFormatException>();
    }

    [Fact]
    public void Too_many_namespaces_are_refused()
    {
        IEnumerable<int> numbers = Enumerable.Range(0, XmlSignature.MaxNamespaceDeclarations + 1);
        string declarations = string.Concat(numbers.Select(number => $" xmlns:n{number}=\"urn:{number}\""));
        string signed = XmlSignature.Sign("<a><b/></a>", _dcc.Key).Replace("<b", $"<b{declarations}", StringComparison.Ordinal);

        XmlSignature.Verify(signed, [_dcc.Certificate]).Reason.Should().Contain("256 namespace declarations");
    }

    [Fact]
    public void White_space_and_carriage_returns_of_a_signed_message_are_kept()
    {
        string signed = XmlSignature.Sign("<?xml version=\"1.0\"?>\n<a>\n\t<b c=\"&#10;\">  x&#13;\n </b>  </a>", _dcc.Key);

        XmlSignature.Verify(signed, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Valid);
        XmlSignature.Verify(signed.Replace("  x", " x", StringComparison.Ordinal), [_dcc.Certificate])
            .State.Should().Be(XmlSignatureState.Broken);
    }

    [Fact]
    public void A_device_answer_carries_both_signatures_and_an_acknowledgement_none()
    {
        (string acknowledgement, string answer) = Answer("4.2.0 <&> \r\n");

        XmlSignature.VerifySmets1(answer, [_provider.Certificate]).State.Should().Be(XmlSignatureState.Valid);
        XmlSignature.Verify(answer, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Valid);
        XmlSignature.Verify(acknowledgement, []).State.Should().Be(XmlSignatureState.Absent);
        XmlSignature.VerifySmets1(acknowledgement, []).State.Should().Be(XmlSignatureState.Absent);
        DuisResponse read = DuisResponseReader.Read(answer).Message;
        read.Signed.Should().BeTrue();
        read.Content.Should().BeOfType<Smets1ResponseMessage>().Which.ServiceProviderSigned.Should().BeTrue();
    }

    [Fact]
    public void A_change_inside_breaks_both_signatures_and_a_change_outside_breaks_the_outer_one()
    {
        (_, string answer) = Answer("4.2.0");

        string inside = answer.Replace("4.2.0", "4.2.1", StringComparison.Ordinal);
        string outside = answer.Replace(">I0<", ">I1<", StringComparison.Ordinal);

        XmlSignature.VerifySmets1(inside, [_provider.Certificate]).State.Should().Be(XmlSignatureState.Broken);
        XmlSignature.Verify(inside, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Broken);
        XmlSignature.VerifySmets1(outside, [_provider.Certificate]).State.Should().Be(XmlSignatureState.Valid);
        XmlSignature.Verify(outside, [_dcc.Certificate]).State.Should().Be(XmlSignatureState.Broken);
    }

    [Fact]
    public void A_broken_signature_of_a_known_User_is_refused_as_malformed_unless_none_is_checked()
    {
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key)
            .Replace(":1000<", ":1001<", StringComparison.Ordinal);

        FluentActions.Invoking(() => Service().Receive(signed, null, DuisFixtures.Now))
            .Should().Throw<DuisFormatException>().Where(fault => fault.Path == "/Request/Signature").WithMessage("*digest*");
        Service(RequestSignaturePolicy.Required).Invoking(service => service.Receive(signed, null, DuisFixtures.Now))
            .Should().Throw<DuisFormatException>().WithMessage("*digest*");
        Service(RequestSignaturePolicy.NotChecked).Receive(signed, null, DuisFixtures.Now)
            .Warnings.Should().ContainSingle().Which.Should().Contain("not checked");
    }

    [Theory]
    [InlineData("<ds:X509IssuerSerial>", "<ds:X509IssuerSerialNumber>")]
    [InlineData("<ds:X509SerialNumber>", "<ds:X509SerialNumber>-")]
    [InlineData("<ds:KeyInfo>", "<ds:KeyInfo><!-- nobody -->")]
    public void A_signature_that_names_nobody_is_not_checked(string part, string replacement)
    {
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key);
        string closing = part.Replace("<", "</", StringComparison.Ordinal);
        string newClosing = replacement.StartsWith("<ds:X509IssuerSerialN", StringComparison.Ordinal)
            ? replacement.Replace("<", "</", StringComparison.Ordinal)
            : closing;

        XmlSignatureResult result = XmlSignature.Verify(
            signed.Replace(part, replacement, StringComparison.Ordinal).Replace(closing, newClosing, StringComparison.Ordinal),
            [_dcc.Certificate]);

        result.State.Should().Be(XmlSignatureState.NotChecked);
        result.Reason.Should().StartWith("it names no signer");
    }

    [Fact]
    public void A_placeholder_in_a_template_is_taken_with_a_warning_and_refused_where_signatures_are_required()
    {
        string template = DuisFixtures.Read("request-7.4-placeholder-signature.xml");

        ServiceDecision decision = Service().Receive(template, null, DuisFixtures.Now);

        decision.Command.Should().NotBeNull();
        decision.Warnings.Should().ContainSingle().Which.Should()
            .StartWith("NotChecked: ").And.Contain("no certificate of CN=U9,OU=07, serial number 4711 is held");
        Service(RequestSignaturePolicy.Required).Invoking(service => service.Receive(template, null, DuisFixtures.Now))
            .Should().Throw<DuisFormatException>().Where(fault => fault.Path == "/Request/Signature").WithMessage("*Required*");
    }

    [Fact]
    public void A_request_without_a_signature_is_refused_where_signatures_are_required()
    {
        string xml = DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus()));

        Service(RequestSignaturePolicy.Required).Invoking(service => service.Receive(xml, null, DuisFixtures.Now))
            .Should().Throw<DuisFormatException>().Where(fault => fault.Path == "/Request").WithMessage("*no Signature*");
    }

    [Theory]
    [InlineData("90B3D51F30010001", null)]
    [InlineData("90B3D51F30010009", "*90-B3-D5-1F-30-01-00-09*the originator is 90-B3-D5-1F-30-01-00-01*")]
    public void A_certificate_in_the_name_of_another_User_is_refused(string owner, string? refusal)
    {
        X500DistinguishedName subject = new(Convert.FromHexString($"301431123010060355042D030900{owner}"));
        using SigningIdentity user = new(subject, DuisFixtures.Now);
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), user.Key);

        Action receive = () => Service(certificates: [user.Certificate]).Receive(signed, null, DuisFixtures.Now);

        if (refusal is null)
        {
            receive.Should().NotThrow();
        }
        else
        {
            receive.Should().Throw<DuisFormatException>().Where(fault => fault.Path == "/Request/Signature").WithMessage(refusal);
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(364, false)]
    [InlineData(366, true)]
    public void A_certificate_out_of_date_is_a_warning_and_refused_where_signatures_are_required(int days, bool isOut)
    {
        string signed = XmlSignature.Sign(DuisRequestWriter.Write(DuisFixtures.Request(new ReadSupplyStatus())), _dcc.Key);
        DateTimeOffset now = DuisFixtures.Now.AddDays(days);

        Action receive = () => Service(RequestSignaturePolicy.Required).Receive(signed, null, now);

        Service().Receive(signed, null, now).Warnings.Count(warning => warning.Contains("is good from", StringComparison.Ordinal))
            .Should().Be(isOut ? 1 : 0);
        if (isOut)
        {
            receive.Should().Throw<DuisFormatException>().WithMessage("*is good from*");
        }
        else
        {
            receive.Should().NotThrow();
        }
    }

    [Fact]
    public void A_curve_that_is_spelt_out_instead_of_named_is_refused()
    {
        using ECDsa named = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using ECDsa spelt = ECDsa.Create(named.ExportExplicitParameters(includePrivateParameters: true));

        FluentActions.Invoking(() => new XmlSigningKey(spelt, _dcc.Key.Signer))
            .Should().Throw<CryptographicException>().WithMessage("*without a name*P-256*");
    }

    [Fact]
    public void A_key_on_another_curve_is_refused()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP384);

        FluentActions.Invoking(() => new XmlSigningKey(key, _dcc.Key.Signer))
            .Should().Throw<CryptographicException>().WithMessage("*P-256*");
    }

    [Fact]
    public void Issuer_names_are_equal_whatever_white_space_their_writers_chose()
    {
        new XmlSigner("CN = Z1, OU=07", 5).Should().Be(new XmlSigner("CN=Z1,OU=07", 5));
        new XmlSigner("CN=\"a, b\"", 5).IssuerName.Should().Be("CN=\"a, b\"");
        new XmlSigner("CN=Z1", 5).Should().NotBe(new XmlSigner("CN=Z1", 6));
    }

    private static string Fixture(string name) => File.ReadAllText(Path.Combine(RepositoryRoot.Path, "firmware-fixtures", "duis", name));

    private static string ToolSigned() => Fixture("request-4.1.1-signed-by-dcc-tool.xml");

    private static XmlSignerCertificate ToolCertificate() => XmlSignerCertificate.FromPem(Fixture("xml-sign-90B3D51F30010000-ds.pem"));

    private static void EveryChangeIsRefused(string xml, string from, string to, XmlSignerCertificate certificate)
    {
        int end = xml.IndexOf(to, StringComparison.Ordinal);
        XmlSignature.Verify(xml, [certificate]).State.Should().Be(XmlSignatureState.Valid);
        for (int at = xml.IndexOf(from, StringComparison.Ordinal); at < end; at++)
        {
            string changed = $"{xml[..at]}{(xml[at] == 'x' ? 'y' : 'x')}{xml[(at + 1)..]}";
            XmlSignatureState state = StateOf(changed, certificate);
            state.Should().Be(XmlSignatureState.Broken, $"character {at} of {changed}");
        }
    }

    private static XmlSignatureState StateOf(string xml, XmlSignerCertificate certificate)
    {
        try
        {
            XmlSignatureState state = XmlSignature.Verify(xml, [certificate]).State;

            // A change that hides the signature itself: the reader finds an element that no schema has.
            return state == XmlSignatureState.Absent && IsUnreadable(xml) ? XmlSignatureState.Broken : state;
        }
        catch (DuisFormatException)
        {
            return XmlSignatureState.Broken;
        }
    }

    private static bool IsUnreadable(string xml)
    {
        FluentActions.Invoking(() => DuisRequestReader.Read(xml)).Should().Throw<DuisFormatException>();
        return true;
    }

    private (string Acknowledgement, string Answer) Answer(string version)
    {
        SimulatedDcc service = Service();
        ServiceDecision decision =
            service.Receive(DuisRequestWriter.Write(DuisFixtures.Request(new ReadFirmwareVersion())), null, DuisFixtures.Now);
        SrvResponseBody body = new ReadFirmwareVersionRsp { FirmwareVersion = version };
        ServiceAnswer answer =
            service.Complete(decision.RequestId, new DeviceOutcome(DeviceOutcomeKind.Done, body, "", null, null), DuisFixtures.Now);
        return (decision.Acknowledgement!.Xml, answer.Xml);
    }

    private SimulatedDcc Service(
        RequestSignaturePolicy policy = RequestSignaturePolicy.WhereKnown,
        IReadOnlyCollection<XmlSignerCertificate>? certificates = null) => new(
        new ServiceOptions
        {
            Users = new ServiceUsers(new Dictionary<string, IReadOnlyList<Eui64>> { ["IS"] = [DuisFixtures.ImportSupplier] }),
            RequestSignatures = policy,
            UserCertificates = certificates ?? [_dcc.Certificate],
            ServiceKey = _dcc.Key,
            ServiceProviderKey = _provider.Key,
        },
        new SmartMeteringInventory([new InventoryDevice(DuisFixtures.Meter, "ESME", DeviceStatus.Commissioned, "", Smets1: true)]));
}
