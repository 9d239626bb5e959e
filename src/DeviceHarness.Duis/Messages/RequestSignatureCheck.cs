using System.Diagnostics;
using DeviceHarness.Duis.Service;
using DeviceHarness.Duis.Signatures;
using DeviceHarness.Duis.Xml;

namespace DeviceHarness.Duis.Messages;

/// <summary>Holds a request's signature against a policy.</summary>
/// <param name="Policy">What is asked of it.</param>
/// <param name="Signers">The certificates of known Users.</param>
/// <param name="Now">The time that a certificate's dates are held against.</param>
internal sealed record RequestSignatureCheck(
    RequestSignaturePolicy Policy, IReadOnlyCollection<XmlSignerCertificate> Signers, DateTimeOffset Now)
{
    /// <summary>What is to be said of a request's signature, or of its absence.</summary>
    /// <returns>A warning; null when there is nothing to say.</returns>
    /// <exception cref="DuisFormatException">The policy does not allow it: its path and place.</exception>
    public string? Doubt(string xml, ElementReader root, ElementReader? signature, RequestId id)
    {
        bool isRequired = Policy == RequestSignaturePolicy.Required;
        if (signature is null)
        {
            return isRequired ? throw root.Fault($"found no Signature; the policy {Policy} asks for a known User's") : null;
        }

        if (Policy == RequestSignaturePolicy.NotChecked)
        {
            return "the User's signature is present and was not checked";
        }

        XmlSignatureResult result = XmlSignature.Verify(xml, Signers);
        return result.State switch
        {
            XmlSignatureState.Valid => DoubtOf(result.Certificate!, signature, id, isRequired),
            XmlSignatureState.NotChecked when isRequired =>
                throw signature.Fault($"{result.Reason}; the policy {Policy} asks for a known User's signature"),
            XmlSignatureState.NotChecked => $"NotChecked: the signature could not be checked: {result.Reason}",
            XmlSignatureState.Broken => throw signature.Fault($"the signature is broken: {result.Reason}"),
            _ => throw new UnreachableException("a signature that was read is not found"),
        };
    }

    private string? DoubtOf(XmlSignerCertificate certificate, ElementReader signature, RequestId id, bool isRequired)
    {
        if (certificate.Owner is { } owner && owner != id.Originator)
        {
            throw signature.Fault($"the signature is by {owner}, in whose name the certificate is; the originator is {id.Originator}");
        }

        if (Now >= certificate.NotBefore && Now <= certificate.NotAfter)
        {
            return null;
        }

        string doubt = $"the certificate of {certificate.Signer} is good from {DuisText.Time(certificate.NotBefore)} to "
            + $"{DuisText.Time(certificate.NotAfter)}, and it is {DuisText.Time(Now)}";
        return isRequired ? throw signature.Fault(doubt) : doubt;
    }
}
