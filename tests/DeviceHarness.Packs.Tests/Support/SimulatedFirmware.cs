using System.Buffers;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Alerts;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Packs.Tests.Support;

/// <summary>The firmware of a meter that exists only as its answers, with the driver's checks in front of it.</summary>
internal sealed class SimulatedFirmware(TimeProvider time)
{
    private const int HardwareVersion = 1;
    private const int ImageType = 1;

    private (byte[] Hash, string Version)? _held;
    private bool _hasTakenImage;

    /// <summary>The version that runs.</summary>
    public string Version { get; private set; } = "4.2.0";

    /// <summary>The version that the meter says it runs.</summary>
    public string ReadVersion(string defect) => defect == "stuck-version" ? "4.1.7" : Version;

    /// <summary>SRV 11.1.</summary>
    public DeviceOutcome Deliver(UpdateFirmware request, string defect)
    {
        _held = null;
        OperationStatus status = OtaFile.Decode(request.FirmwareImage.Octets.Span, out OtaFile file, out _, out _);
        bool isWhole = status == OperationStatus.Done && file.CheckIntegrity() == OtaIntegrity.BeforeElement;
        bool isForMeter = status == OperationStatus.Done && file.Header.ImageType == ImageType
            && file.Header.Hardware!.Value.Includes(HardwareVersion);
        if (request.Delivery != ImageDelivery.Unchecked && !(isWhole && isForMeter))
        {
            return Refused(null, 1, "the image was not sent");
        }

        _hasTakenImage = true;
        if (request.Delivery == ImageDelivery.Interrupted && defect == "resume-forgets")
        {
            return Refused(null, 3, "blocks that were acknowledged are gone");
        }

        bool isVerified = defect == "verify-lies" || (defect is not ("verify-fails" or "block-lost") && isWhole
            && (isForMeter || defect == "wrong-image-accepted"));
        byte[] hash = request.FirmwareImage.Hash.ToArray();
        FirmwareVerificationAlert alert = new(isVerified, time.GetUtcNow(), hash);
        if (!isVerified)
        {
            return Refused(alert, 1, "the device calls the image not good");
        }

        hash[0] ^= (byte)(defect == "image-hash-wrong" ? 0xFF : 0);
        _held = (hash, request.FirmwareVersion);
        return defect == "image-hash-wrong"
            ? Refused(null, 3, "the device holds another image")
            : new DeviceOutcome(DeviceOutcomeKind.Done, alert, string.Empty, DeviceCode: null, LinkAnswersProbe: null);
    }

    /// <summary>SRV 11.3.</summary>
    public DeviceOutcome Activate(ActivateFirmware request, string defect)
    {
        if (_held is not { } held)
        {
            return Activated(defect == "phantom-image" && !_hasTakenImage
                ? ActivateImageResponse.HashMismatch
                : ActivateImageResponse.NoImageHeld, defect);
        }

        if (!request.FirmwareHash.Span.SequenceEqual(held.Hash))
        {
            return Activated(ActivateImageResponse.HashMismatch, defect);
        }

        _held = null;
        if (defect == "activation-fails")
        {
            return Activated(ActivateImageResponse.ActivationFailure, defect);
        }

        Version = defect == "activation-lies" ? Version : held.Version;
        return Activated(ActivateImageResponse.Success, defect);
    }

    private DeviceOutcome Activated(ActivateImageResponse response, string defect)
    {
        ActivateFirmwareRsp body = new()
        {
            MessageSuccess = response == ActivateImageResponse.Success,
            ActivateImageResponseCode = ActivateFirmwareRsp.StatusOf(response),
            FirmwareVersion = ReadVersion(defect),
        };
        return response == ActivateImageResponse.Success
            ? new DeviceOutcome(DeviceOutcomeKind.Done, body, string.Empty, DeviceCode: null, LinkAnswersProbe: null)
            : Refused(body, (int)response, string.Empty);
    }

    private static DeviceOutcome Refused(Duis.Bodies.SrvResponseBody? body, int code, string detail) =>
        new(DeviceOutcomeKind.Refused, body, detail, code, LinkAnswersProbe: null);
}
