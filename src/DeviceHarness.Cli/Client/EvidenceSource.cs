using System.CommandLine;
using DeviceHarness.Contracts.V1;
using DeviceHarness.Packs.Evidence;
using Grpc.Core;

namespace DeviceHarness.Cli.Client;

/// <summary>The evidence that a command line names: files, folders of them, hashes that the orchestrator knows, or a cycle.</summary>
internal static class EvidenceSource
{
    private const int HashDigits = 64;

    /// <summary>Reads evidence, in the order of its names.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">EVID-001: what is there is no evidence.</exception>
    public static async Task<IReadOnlyList<EvidenceDocument>> ReadAsync(
        ParseResult parsed, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        List<EvidenceDocument> attempts = [];
        foreach (string name in names)
        {
            attempts.AddRange(await ReadAsync(parsed, name, cancellationToken).ConfigureAwait(false));
        }

        return attempts;
    }

    private static async Task<IReadOnlyList<EvidenceDocument>> ReadAsync(
        ParseResult parsed, string name, CancellationToken cancellationToken)
    {
        if (Path.Exists(name))
        {
            return EvidenceReader.ReadAll(name);
        }

        using OrchestratorConnection connection = OrchestratorConnection.Find(parsed);
        if (name.Length == HashDigits && name.All(char.IsAsciiHexDigit))
        {
            return [await FetchAsync(connection, name.ToLowerInvariant(), cancellationToken).ConfigureAwait(false)];
        }

        CycleDetail cycle = await connection.AskAsync(client =>
            client.GetCycleAsync(new GetCycleRequest { CycleId = name }, cancellationToken: cancellationToken).ResponseAsync)
            .ConfigureAwait(false);
        List<EvidenceDocument> attempts = [];
        foreach (EvidenceRef evidence in cycle.Executions.SelectMany(execution => execution.Evidence))
        {
            attempts.Add(await FetchAsync(connection, evidence.Sha256, cancellationToken).ConfigureAwait(false));
        }

        return [.. attempts.OrderBy(attempt => attempt.Started)];
    }

    private static async Task<EvidenceDocument> FetchAsync(
        OrchestratorConnection connection, string hash, CancellationToken cancellationToken)
    {
        using AsyncServerStreamingCall<EvidencePiece> call = connection.Client.GetEvidence(
            new GetEvidenceRequest { Sha256 = hash }, cancellationToken: cancellationToken);
        using MemoryStream content = new();
        await foreach (EvidencePiece piece in call.ResponseStream.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            content.Write(piece.Content.Span);
        }

        return EvidenceReader.Read(content.ToArray(), hash);
    }
}
