using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs.Security.Cbke;

namespace DeviceHarness.Drivers.ZigBeeAdapter;

/// <summary>What an adapter with an elliptic curve library of its own computes for key establishment. It has room for one
/// exchange.</summary>
/// <remarks>Spec: EZSP reference, CBKE commands, as this harness's ZigBee guide 4.5 sums it up. Stock images lack the library.</remarks>
public interface IZigBeeKeyAgreement
{
    /// <summary>The adapter's certificate; its private key never leaves the adapter.</summary>
    ImplicitCertificate Certificate { get; }

    /// <summary>Makes an ephemeral key.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The public point, compressed: 22 octets of suite 1, 37 of suite 2.</returns>
    /// <exception cref="AdapterException">It refuses, as while an exchange before was not ended, or is lost.</exception>
    Task<byte[]> GenerateAsync(CancellationToken cancellationToken);

    /// <summary>Computes the proofs of both sides from the partner's keys.</summary>
    /// <param name="isInitiator">Whether the adapter's side began.</param>
    /// <param name="certificate">The partner's certificate, which the adapter holds against its own authority.</param>
    /// <param name="ephemeral">The partner's ephemeral public key, compressed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when the adapter does not take the partner's keys.</returns>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task<ZigBeeKeyProofs?> CalculateAsync(
        bool isInitiator, ReadOnlyMemory<byte> certificate, ReadOnlyMemory<byte> ephemeral, CancellationToken cancellationToken);

    /// <summary>Ends the exchange, and makes room for the next.</summary>
    /// <param name="isStored">Whether the link key is put to use with the partner; else it is forgotten.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AdapterException">It refuses, or is lost.</exception>
    Task EndAsync(bool isStored, CancellationToken cancellationToken);
}
