using FluentAssertions;
using Xunit;

namespace DeviceHarness.EndToEnd.Tests;

/// <summary>FW-02, FW-03 and FW-01 through a pack of the user's own, by the command line, in processes.</summary>
public sealed class FirmwarePackTests
{
    private const string Pack = """
        pack: firmware-esme
        title: Firmware update of one ESME
        version: "1.0"
        kind: srv
        owner: a test
        budget: 30m
        purpose: FW-01, FW-02 and FW-03 with a made-up image for the virtual meter.
        needs:
          esme: { type: ESME, device: esme-01 }
        cases:
          - id: FW-02
            title: 11.3 without an image gives code 1
            device: esme
            srv: "11.3"
            budget: 2m
            steps:
              - name: activate an image that the meter does not hold
                request: { srv: "11.3", body: { FirmwareHash: "@firmware-hash(image.ota)" } }
                expect:
                  success: false
                  body: { ActivateImageResponseCode: noImageHeld, ActivateImageResponseCode.ResponseCode: "1" }
          - id: FW-03
            title: 11.3 with a wrong hash gives code 2 and changes nothing
            device: esme
            srv: "11.3"
            budget: 5m
            steps:
              - &deliver
                name: deliver the image
                timeout: 4m
                request:
                  srv: "11.1"
                  target: 90-B3-D5-1F-30-00-00-02
                  body:
                    FirmwareImage: "@firmware-image(image.ota)"
                    FirmwareVersion: "@firmware-version(image.ota)"
                    DeviceIDList: ${esme.eui64}
                expect:
                  acknowledgement: I0
                  response: I0
                  outcome: Done
                  success: true
                  body: { GBCSHexAlertCode: 8F72, ManufacturerImageHash: "@firmware-hash(image.ota)" }
              - name: activate another image
                request: { srv: "11.3", body: { FirmwareHash: "WRONG" } }
                expect:
                  success: false
                  body:
                    ActivateImageResponseCode.ResponseCode: "2"
                    FirmwareVersion: ${device.firmware}
          - id: FW-01
            title: deliver, activate, read the new version
            device: esme
            srv: "11.1"
            budget: 10m
            repeat: never
            steps:
              - name: read the baseline
                request: { srv: "11.2" }
                expect: { body: { FirmwareVersion: "4.2.0" } }
              - *deliver
              - name: activate it
                timeout: 4m
                request: { srv: "11.3", body: { FirmwareHash: "@firmware-hash(image.ota)" } }
                expect: { body: { ActivateImageResponseCode: success } }
              - name: read the new version
                request: { srv: "11.2" }
                expect: { body: { FirmwareVersion: "@firmware-version(image.ota)" } }
        """;

    [Fact]
    public async Task A_pack_that_names_a_firmware_file_delivers_and_activates_it()
    {
        using RunFolder folder = new();
        string image = Path.Combine(folder.Path, "image.ota");
        string pack = Path.Combine(folder.Path, "firmware.pack.yaml");
        await File.WriteAllTextAsync(pack, Expanded());
        await using HarnessProcess built = await HarnessProcess.RunAsync(
            folder.Path, "firmware", "build", "--model", "generic-smets1", "--version", "4.3.0", "--hardware", "1", "--made-up", "12000",
            "-o", image);
        built.ExitCode.Should().Be(0, built.Error);
        string rig = await File.ReadAllTextAsync(folder.RigConfig);
        await File.WriteAllTextAsync(folder.RigConfig, rig.Replace("rigs/firmware.yaml", "mine.yaml", StringComparison.Ordinal));
        await using HarnessProcess received = await HarnessProcess.RunAsync(
            folder.Path, "firmware", "receive", image, "--register", Path.Combine(folder.Path, "mine.yaml"),
            "--model", "generic-smets1-esme", "--provider", "The supplier's \"own\" desk", "--received", "2026-01-31");
        received.ExitCode.Should().Be(0, received.Error);

        await using HarnessProcess run = await HarnessProcess.RunAsync(
            folder.Path, "run", pack, "--virtual", "--rig-config", folder.RigConfig);

        run.ExitCode.Should().Be(0, run.Output + run.Error);
        run.Output.Should().Contain("FW-01 esme-01 block 12 of 24 (50 %)").And.Contain("block 24 of 24 (100 %)", "long transfers tell");
        run.Output.Should().Contain("Passed FW-01").And.Contain("Passed FW-02").And.Contain("Passed FW-03").And.Contain("Complete");
    }

    [Fact]
    public async Task A_pack_that_names_a_missing_file_is_wrong_usage()
    {
        using RunFolder folder = new();
        string pack = Path.Combine(folder.Path, "firmware.pack.yaml");
        await File.WriteAllTextAsync(pack, Expanded());

        await using HarnessProcess lint = await HarnessProcess.RunAsync(folder.Path, "pack", "lint", pack);

        lint.ExitCode.Should().Be(2);
        lint.Error.Should().Contain("image.ota");
    }

    /// <summary>The packs' YAML has no anchors: the step is written out twice.</summary>
    private static string Expanded()
    {
        int begin = Pack.IndexOf("&deliver", StringComparison.Ordinal);
        int end = Pack.IndexOf("      - name: activate another image", StringComparison.Ordinal);
        string step = Pack[(begin + "&deliver".Length)..end].Trim();
        return Pack.Replace("&deliver\n        name:", "name:", StringComparison.Ordinal)
            .Replace("*deliver", step, StringComparison.Ordinal)
            .Replace("WRONG", new string('0', 64), StringComparison.Ordinal);
    }
}
