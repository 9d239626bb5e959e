using System.Buffers;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Acse;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Links;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>GET, SET and ACTION in an open association, with block transfer where an APDU would be too long.</summary>
/// <remarks>Spec: IEC 62056-5-3, LN referencing, as this harness's DLMS guide sums it up. One service at a time. Returned values are
/// valid until the next service.</remarks>
public sealed class DlmsClient
{
    /// <summary>The longest request APDU sent whole, in octets; longer ones go in blocks, whatever the device would take.</summary>
    public const int MaximumRequestOctets = 2048;

    /// <summary>The longest value put together from blocks, in octets.</summary>
    public const int MaximumValueOctets = 4 * 1024 * 1024;

    /// <summary>Descriptor, choice, block number and lengths in front of a block's octets: what a block APDU costs at most.</summary>
    private const int BlockOverheadOctets = 24;

    /// <summary>Head and count in front of a list of descriptors.</summary>
    private const int ListOverheadOctets = 8;

    /// <summary>The smallest PDU size of a server: fewer octets than this hold no request.</summary>
    private const int MinimumPduOctets = 64;

    private const int FirstInvokeId = 1;

    private readonly GeneralBlockLink _blocks;
    private readonly ProtectedLink _link;
    private readonly byte[] _request = new byte[MaximumRequestOctets];
    private readonly ArrayBufferWriter<byte> _value = new();
    private ClientAssociation? _open;
    private DlmsAssociation _association;
    private int _invokeId;

    /// <summary>Creates a client without an association.</summary>
    /// <param name="link">The open link.</param>
    public DlmsClient(IApduLink link)
    {
        ArgumentNullException.ThrowIfNull(link);
        _blocks = new GeneralBlockLink(link);
        _link = new ProtectedLink(_blocks, (link as IDeviceLink)?.Notifications);
    }

    /// <summary>What was agreed; the default value while there is no association.</summary>
    public DlmsAssociation Association => _association;

    /// <summary>Whether an association is open.</summary>
    public bool IsAssociated { get; private set; }

    // With general blocks a request may be longer than the device takes at once.
    internal int RequestLimitOctets => _association.ServerMaximumPduOctets == 0 || _blocks.IsAgreed
        ? MaximumRequestOctets
        : Math.Clamp(_association.ServerMaximumPduOctets - Overhead, MinimumPduOctets, MaximumRequestOctets);

    private int Overhead => _link.IsProtected ? SecurityContext.MaximumOverheadOctets : 0;

    /// <summary>Opens the association.</summary>
    /// <param name="settings">Mechanism, credentials and limits.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AuthenticationFailedException">DLMS-020 to -022: keys, password, mechanism or counter do not fit.</exception>
    /// <exception cref="AssociationRefusedException">DLMS-005: the device rejects it.</exception>
    /// <exception cref="HarnessException">The link failed or the answer breaks the protocol.</exception>
    public async Task AssociateAsync(DlmsAssociationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(settings);
        Forget();
        ClientAssociation association = settings.Begin();
        string what = $"{_link.Port}: AARQ";
        OperationStatus status = association.EncodeRequest(_request, out int octets, out SecurityFault fault);
        ReadOnlyMemory<byte> answer;
        try
        {
            if (status != OperationStatus.Done)
            {
                throw DlmsAssociationAnswers.Insecure(what, fault, default, isProven: false);
            }

            answer = await _link.ExchangeAsync(_request.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The request may hold the password.
            _request.AsSpan(0, octets).Clear();
        }

        AssociationAnswer read = DlmsAssociationAnswers.Require(
            association.ReadAnswer(answer.Span), answer, settings.Security.Mechanism, what);
        _link.Use(settings.Security.IsCiphered ? settings.Security.Context : null);
        if (read.Verdict == AssociationVerdict.ProofNeeded)
        {
            await ProveAsync(association, settings, cancellationToken).ConfigureAwait(false);
        }

        _link.Form = settings.Form;
        _link.IsProven = true;
        _open = association;
        _invokeId = settings.FirstInvokeId - 1 ?? _invokeId;
        InitiateResponse agreed = read.Agreed.GetValueOrDefault();
        // Some devices name services that were not proposed; they are not agreed on thereby.
        Conformance conformance = agreed.Conformance & settings.Proposed;
        _association = new DlmsAssociation(conformance, agreed.ServerMaximumReceivePduOctets);
        if ((conformance & Conformance.GeneralBlockTransfer) != 0)
        {
            _blocks.Use(agreed.ServerMaximumReceivePduOctets, settings.GeneralBlockWindow);
        }

        IsAssociated = true;
    }

    /// <summary>Releases the association; a device may answer as it likes, it is over either way.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        ClientAssociation? association = _open;
        Forget();
        int octets = 0;
        bool isEncoded = association?.EncodeRelease(_request, out octets, out _) == OperationStatus.Done;
        if (association is not null && isEncoded)
        {
            ReadOnlyMemory<byte> answer =
                await _link.ExchangeAsync(_request.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
            _ = association.ReadRelease(answer.Span);
        }
    }

    /// <summary>Forgets the association, as after the loss of the link.</summary>
    public void Forget()
    {
        IsAssociated = false;
        _association = default;
        _open = null;
        _blocks.Forget();
        _link.Use(null);
    }

    /// <summary>Opens what the device sends unasked while no association is open; null where it protects nothing.</summary>
    /// <param name="context">Finds its keys and counters of the moment.</param>
    public void UseAtRest(Func<SecurityContext?> context) => _link.UseAtRest(context);

    /// <summary>Takes out the oldest APDU that the device sent unasked.</summary>
    /// <param name="notification">The APDU.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTakeNotification(out ReceivedNotification notification) => _link.TryTakeNotification(out notification);

    /// <summary>Reads an attribute.</summary>
    /// <param name="attribute">Class, object and attribute.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One encoded value of type Data; valid until the next service.</returns>
    /// <exception cref="DeviceRefusedException">DLMS-001, -003, -004: the device refuses.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public ValueTask<ReadOnlyMemory<byte>> GetAsync(CosemAttributeDescriptor attribute, CancellationToken cancellationToken) =>
        GetAsync(attribute, selector: 0, parameters: default, cancellationToken);

    /// <summary>Reads a part of an attribute.</summary>
    /// <param name="attribute">Class, object and attribute.</param>
    /// <param name="selector">How the part is chosen; 0 for the whole attribute.</param>
    /// <param name="parameters">What is chosen, one encoded value of type Data; empty for the whole attribute.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One encoded value of type Data; valid until the next service.</returns>
    /// <exception cref="DeviceRefusedException">DLMS-001, -003, -004: the device refuses.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> GetAsync(
        CosemAttributeDescriptor attribute, byte selector, ReadOnlyMemory<byte> parameters, CancellationToken cancellationToken)
    {
        InvokeIdAndPriority invokeId = Begin("GET");
        _value.ResetWrittenCount();
        SelectiveAccess selection = selector == 0 ? default : new SelectiveAccess(selector, parameters.Span);
        int octets = DlmsChecks.Encoded(
            GetRequest.Encode(GetRequest.Normal(invokeId, attribute, selection), _request, out int written), written);
        return await GetAsync(octets, invokeId, $"{_link.Port}: GET {attribute}", isList: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads several attributes in one request, without any selection.</summary>
    /// <param name="count">How many.</param>
    /// <param name="encodedList">So many descriptors, each with an absent selection; at most <see cref="MaximumListOctets"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Their count, and so many results as Get-Data-Result; valid until the next service.</returns>
    /// <exception cref="DeviceRefusedException">DLMS-001, -003, -004: the device refuses the whole list.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    internal async ValueTask<ReadOnlyMemory<byte>> GetListAsync(
        int count, ReadOnlyMemory<byte> encodedList, CancellationToken cancellationToken)
    {
        InvokeIdAndPriority invokeId = Begin("GET");
        _value.ResetWrittenCount();
        int octets = DlmsChecks.Encoded(
            GetRequest.Encode(GetRequest.WithList(invokeId, count, encodedList.Span), _request, out int written), written);
        return await GetAsync(octets, invokeId, $"{_link.Port}: GET of {count} attributes", isList: true, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>The port, for messages.</summary>
    internal string Port => _link.Port;

    /// <summary>Sends a request that was begun; the answer is valid until the next service.</summary>
    internal ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken) =>
        _link.ExchangeAsync(request, cancellationToken);

    /// <summary>The longest list of descriptors that fits in a request, in octets.</summary>
    internal int MaximumListOctets => RequestLimitOctets - ListOverheadOctets;

    private async ValueTask<ReadOnlyMemory<byte>> GetAsync(
        int octets, InvokeIdAndPriority invokeId, string what, bool isList, CancellationToken cancellationToken)
    {
        for (uint block = 1; ; block++)
        {
            ReadOnlyMemory<byte> answer = await _link.ExchangeAsync(_request.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
            if (TakeGetResponse(answer, what, invokeId, block, isList))
            {
                return _value.WrittenMemory;
            }

            octets = EncodeNext(invokeId, block);
        }
    }

    /// <summary>Writes an attribute.</summary>
    /// <param name="attribute">Class, object and attribute.</param>
    /// <param name="data">One encoded value of type Data.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="DeviceRefusedException">DLMS-001, -003, -004: the device refuses.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public async ValueTask SetAsync(CosemAttributeDescriptor attribute, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        InvokeIdAndPriority invokeId = Begin("SET");
        int limit = RequestLimitOctets - BlockOverheadOctets;
        int sent = 0;
        for (uint block = 1; ; block++)
        {
            int part = Math.Min(limit, data.Length - sent);
            bool isLast = sent + part == data.Length;
            int octets = EncodeSet(invokeId, attribute, data.Span, sent, part, block);
            sent += part;
            ReadOnlyMemory<byte> answer = await _link.ExchangeAsync(_request.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
            TakeSetResponse(answer, attribute, invokeId, block, isLast);
            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>Invokes a method.</summary>
    /// <param name="method">Class, object and method.</param>
    /// <param name="parameter">One encoded value of type Data; empty when the method takes none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The returned value, encoded as Data; empty when nothing was returned. Valid until the next service.</returns>
    /// <exception cref="DeviceRefusedException">DLMS-002, -003, -004: the device refuses; DLMS-001: it refuses the returned
    /// value.</exception>
    /// <exception cref="RemoteProtocolException">DLMS-010, -011: the answer breaks the protocol.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ActionAsync(
        CosemMethodDescriptor method, ReadOnlyMemory<byte> parameter, CancellationToken cancellationToken)
    {
        InvokeIdAndPriority invokeId = Begin("ACTION");
        _value.ResetWrittenCount();
        int limit = RequestLimitOctets - BlockOverheadOctets;
        int sent = 0;
        uint block = 1;
        uint blockIn = 1;
        int part = Math.Min(limit, parameter.Length);
        int octets = EncodeAction(invokeId, method, parameter.Span, sent, part, block);
        while (true)
        {
            sent += part;
            bool isSent = sent == parameter.Length;
            ReadOnlyMemory<byte> answer = await _link.ExchangeAsync(_request.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
            switch (TakeActionResponse(answer, method, invokeId, isSent ? blockIn : block, isSent))
            {
                case ActionProgress.Done:
                    return _value.WrittenMemory;
                case ActionProgress.SendNext:
                    block++;
                    part = Math.Min(limit, parameter.Length - sent);
                    octets = EncodeAction(invokeId, method, parameter.Span, sent, part, block);
                    break;
                default:
                    part = 0;
                    octets = DlmsChecks.Encoded(
                        ActionRequest.Encode(ActionRequest.NextPblock(invokeId, blockIn), _request, out int written), written);
                    blockIn++;
                    break;
            }
        }
    }

    private enum ActionProgress
    {
        Done,
        SendNext,
        AskNext,
    }

    /// <summary>Passes 3 and 4 of HLS.</summary>
    private async Task ProveAsync(ClientAssociation association, DlmsAssociationSettings settings, CancellationToken cancellationToken)
    {
        string what = $"{_link.Port}: HLS";
        if (association.EncodeProof(InvokeIdAndPriority.Create(FirstInvokeId), _request, out int octets, out SecurityFault fault)
            != OperationStatus.Done)
        {
            throw DlmsAssociationAnswers.Insecure(what, fault, default, isProven: false);
        }

        ReadOnlyMemory<byte> answer = await _link.ExchangeAsync(_request.AsMemory(0, octets), cancellationToken).ConfigureAwait(false);
        _ = DlmsAssociationAnswers.Require(association.ReadProof(answer.Span), answer, settings.Security.Mechanism, what);
    }

    internal InvokeIdAndPriority Begin(string service)
    {
        if (!IsAssociated)
        {
            throw new LocalProtocolException("DLMS-012", $"{_link.Port}: no association is open", "not associated", service);
        }

        _invokeId = (_invokeId + 1) & InvokeIdAndPriority.MaximumInvokeId;
        return InvokeIdAndPriority.Create(_invokeId);
    }

    private int EncodeNext(InvokeIdAndPriority invokeId, uint block) =>
        DlmsChecks.Encoded(GetRequest.Encode(GetRequest.Next(invokeId, block), _request, out int written), written);

    private int EncodeSet(
        InvokeIdAndPriority invokeId, CosemAttributeDescriptor attribute, ReadOnlySpan<byte> data, int sent, int part, uint block)
    {
        bool isLast = sent + part == data.Length;
        SetRequest request = (block, isLast) switch
        {
            (1, true) => SetRequest.Normal(invokeId, attribute, data),
            (1, false) => SetRequest.FirstDatablock(invokeId, attribute, false, block, data[..part]),
            _ => SetRequest.Datablock(invokeId, isLast, block, data.Slice(sent, part)),
        };
        return DlmsChecks.Encoded(SetRequest.Encode(request, _request, out int written), written);
    }

    private int EncodeAction(
        InvokeIdAndPriority invokeId, CosemMethodDescriptor method, ReadOnlySpan<byte> parameter, int sent, int part, uint block)
    {
        bool isLast = sent + part == parameter.Length;
        ActionRequest request = (block, isLast) switch
        {
            (1, true) => ActionRequest.Normal(invokeId, method, parameter),
            (1, false) => ActionRequest.FirstPblock(invokeId, method, false, block, parameter[..part]),
            _ => ActionRequest.Pblock(invokeId, isLast, block, parameter.Slice(sent, part)),
        };
        return DlmsChecks.Encoded(ActionRequest.Encode(request, _request, out int written), written);
    }

    private bool TakeGetResponse(ReadOnlyMemory<byte> answer, string what, InvokeIdAndPriority invokeId, uint block, bool isList)
    {
        DlmsChecks.Expect(answer, ApduTag.GetResponse, what);
        DlmsChecks.Check(GetResponse.Decode(answer.Span, out GetResponse response, out _, out CodecFault fault), answer, fault, what);
        DlmsChecks.CheckInvokeId(response.InvokeId, invokeId, answer, what);
        switch (response.Choice)
        {
            case GetResponseChoice.Normal when block == 1:
                Append(
                    response.Result.HasData ? response.Result.Data : throw DlmsFaults.Refused(response.Result.Result, what), answer, what);
                return true;
            case GetResponseChoice.WithList when block == 1 && isList:
                AppendList(response, answer, what);
                return true;
            case GetResponseChoice.WithDatablock when !response.HasRawData:
                throw DlmsFaults.Refused(response.Result.Result, what);
            case GetResponseChoice.WithDatablock when response.BlockNumber == block:
                Append(response.RawData, answer, what);
                if (response.IsLastBlock && !isList)
                {
                    CheckWhole(answer, what);
                }

                return response.IsLastBlock;
            default:
                throw DlmsFaults.Unexpected(answer, what, $"{response.Choice} block {response.BlockNumber} where block {block} was due");
        }
    }

    /// <summary>The blocks of a long list begin with its count, and so does what is made of a short one.</summary>
    private void AppendList(in GetResponse response, ReadOnlyMemory<byte> answer, string what)
    {
        Span<byte> count = stackalloc byte[BlockOverheadOctets];
        AxdrWriter writer = new(count);
        writer.WriteLength(response.ListCount);
        Append(count[..DlmsChecks.Encoded(writer.Complete(out int octets), octets)], answer, what);
        Append(response.EncodedList, answer, what);
    }

    private void TakeSetResponse(
        ReadOnlyMemory<byte> answer, CosemAttributeDescriptor attribute, InvokeIdAndPriority invokeId, uint block, bool isLast)
    {
        string what = $"{_link.Port}: SET {attribute}";
        DlmsChecks.Expect(answer, ApduTag.SetResponse, what);
        DlmsChecks.Check(SetResponse.Decode(answer.Span, out SetResponse response, out _, out CodecFault fault), answer, fault, what);
        DlmsChecks.CheckInvokeId(response.InvokeId, invokeId, answer, what);
        switch (response.Choice)
        {
            case SetResponseChoice.Normal when block == 1 || response.Result != DataAccessResult.Success:
            case SetResponseChoice.LastDatablock
                    when (isLast && response.BlockNumber == block) || response.Result != DataAccessResult.Success:
                if (response.Result != DataAccessResult.Success)
                {
                    throw DlmsFaults.Refused(response.Result, what);
                }

                if (!isLast)
                {
                    throw DlmsFaults.Unexpected(answer, what, "success before the value was sent");
                }

                break;
            case SetResponseChoice.Datablock when !isLast && response.BlockNumber == block:
                break;
            default:
                throw DlmsFaults.Unexpected(answer, what, $"{response.Choice} block {response.BlockNumber} where block {block} was due");
        }
    }

    private ActionProgress TakeActionResponse(
        ReadOnlyMemory<byte> answer, CosemMethodDescriptor method, InvokeIdAndPriority invokeId, uint block, bool isSent)
    {
        string what = $"{_link.Port}: ACTION {method}";
        DlmsChecks.Expect(answer, ApduTag.ActionResponse, what);
        DlmsChecks.Check(ActionResponse.Decode(answer.Span, out ActionResponse response, out _, out CodecFault fault), answer, fault, what);
        DlmsChecks.CheckInvokeId(response.InvokeId, invokeId, answer, what);
        switch (response.Choice)
        {
            case ActionResponseChoice.Normal:
                TakeOutcome(response.Outcome, answer, what);
                return isSent ? ActionProgress.Done : throw DlmsFaults.Unexpected(answer, what, "an outcome before the parameter was sent");
            case ActionResponseChoice.NextPblock when !isSent && response.BlockNumber == block:
                return ActionProgress.SendNext;
            case ActionResponseChoice.WithPblock when isSent && response.BlockNumber == block:
                Append(response.RawData, answer, what);
                return response.IsLastBlock ? FinishPblocks(answer, what) : ActionProgress.AskNext;
            default:
                throw DlmsFaults.Unexpected(answer, what, $"{response.Choice} block {response.BlockNumber} where block {block} was due");
        }
    }

    /// <summary>The blocks of an answer make up the outcome: the result, and what was returned.</summary>
    private ActionProgress FinishPblocks(ReadOnlyMemory<byte> answer, string what)
    {
        byte[] whole = _value.WrittenSpan.ToArray();
        _value.ResetWrittenCount();
        AxdrReader reader = new(whole);
        if (!ActionOutcome.TryRead(ref reader, out ActionOutcome outcome))
        {
            throw DlmsFaults.Malformed(answer, reader.Fault, what);
        }

        TakeOutcome(outcome, answer, what);
        return ActionProgress.Done;
    }

    private void TakeOutcome(in ActionOutcome outcome, ReadOnlyMemory<byte> answer, string what)
    {
        if (outcome.Result != ActionResult.Success)
        {
            throw DlmsFaults.Refused(outcome.Result, what);
        }

        if (outcome.HasReturn)
        {
            Append(
                outcome.Returned.HasData
                        ? outcome.Returned.Data
                        : throw DlmsFaults.Refused(outcome.Returned.Result, $"{what}, returned value"),
                answer, what);
        }
    }

    private void Append(ReadOnlySpan<byte> octets, ReadOnlyMemory<byte> answer, string what)
    {
        if (_value.WrittenCount + octets.Length > MaximumValueOctets)
        {
            throw DlmsFaults.Unexpected(answer, what, $"a value of more than {MaximumValueOctets} octets");
        }

        _value.Write(octets);
    }

    private void CheckWhole(ReadOnlyMemory<byte> answer, string what)
    {
        AxdrReader reader = new(_value.WrittenSpan);
        if (!reader.TrySkipValue(out _))
        {
            throw DlmsFaults.Malformed(answer, reader.Fault, what);
        }
    }
}
