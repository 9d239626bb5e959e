using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Assurance.Issues;

/// <summary>By what a failure is known again: two failed attempts with equal fingerprints are sightings of one Testing Issue.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="ServiceReferenceVariant">The SRV of the step that decided, or of the case's requests; empty when there is none.</param>
/// <param name="Step">The name of the step that decided; empty when none did.</param>
/// <param name="Symptom">How it looked, without anything that changes from run to run.</param>
/// <param name="DeviceModel">Device type and model of the device in question; empty when unknown.</param>
/// <param name="Firmware">Its firmware version; empty when unknown.</param>
public sealed record Fingerprint(
    string CaseId, string ServiceReferenceVariant, string Step, string Symptom, string DeviceModel, string Firmware)
{
    /// <summary>The fingerprint as a key: 32 hexadecimal digits of a SHA-256 over its parts.</summary>
    public string Key
    {
        get
        {
            // U+001F parts the parts: no name and no normalised symptom holds it.
            string text = string.Join('\u001F', CaseId, ServiceReferenceVariant, Step, Symptom, DeviceModel, Firmware);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
        }
    }
}
