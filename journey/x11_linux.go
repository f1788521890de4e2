package journey

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"
)

// Drop drops files on a point of the desktop, as a file manager does: by the
// protocol Xdnd, version 5, over a connection of its own to the display.
func (d *Desktop) Drop(x, y int, paths ...string) {
	d.t.Helper()
	c := d.connect()
	defer c.conn.Close()
	if err := c.conn.SetDeadline(time.Now().Add(20 * time.Second)); err != nil {
		d.t.Fatal(err)
	}
	if err := c.drop(x, y, paths); err != nil {
		d.t.Fatalf("drop %v: %v", paths, err)
	}
}

// Copy puts a text on the clipboard, as another program does, until the next
// one is put there or the test ends.
func (d *Desktop) Copy(text string) {
	d.t.Helper()
	c := d.connect()
	if err := c.own("CLIPBOARD"); err != nil {
		d.t.Fatalf("take the clipboard: %v", err)
	}
	utf8, err := c.atom("UTF8_STRING")
	if err != nil {
		d.t.Fatalf("take the clipboard: %v", err)
	}
	d.t.Cleanup(func() { c.conn.Close() })
	go func() { // until the connection is closed
		for {
			b, err := c.next()
			if err != nil {
				return
			}
			if b[0]&0x7f == evSelectionRequest && c.give(b, text, utf8) != nil {
				return
			}
		}
	}()
}

func (d *Desktop) connect() *display {
	d.t.Helper()
	number := ""
	for _, pair := range d.environment {
		if n, ok := strings.CutPrefix(pair, "DISPLAY=:"); ok {
			number = n
		}
	}
	c, err := dialDisplay(number)
	if err != nil {
		d.t.Fatalf("connect to the display: %v", err)
	}
	return c
}

// display is a connection in the X11 protocol: as much of it as a drop and a
// clipboard need.
type display struct {
	conn net.Conn
	base uint32 // of the ids that are ours to give
	root uint32
}

// What the server is asked, and what it tells, by the numbers of the protocol.
const (
	reqCreateWindow, reqQueryTree, reqInternAtom     = 1, 15, 16
	reqChangeProperty, reqGetProperty                = 18, 20
	reqSetSelectionOwner, reqSendEvent               = 22, 25
	evSelectionRequest, evSelectionNotify, evMessage = 30, 31, 33
	atomAtom                                         = 4
)

var order = binary.LittleEndian

func words(list ...uint32) []byte {
	var b []byte
	for _, x := range list {
		b = order.AppendUint32(b, x)
	}
	return b
}

func padded(b []byte) []byte {
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	return b
}

func dialDisplay(number string) (*display, error) {
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+number)
	if err != nil {
		return nil, err
	}
	c := &display{conn: conn}
	if _, err := conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return nil, err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(conn, head); err != nil {
		return nil, err
	}
	body := make([]byte, 4*int(order.Uint16(head[6:])))
	if _, err := io.ReadFull(conn, body); err != nil {
		return nil, err
	}
	if head[0] != 1 {
		return nil, fmt.Errorf("refused: %q", body)
	}
	c.base = order.Uint32(body[4:])
	vendor, formats := int(order.Uint16(body[16:])), int(body[21])
	c.root = order.Uint32(body[32+(vendor+3)/4*4+8*formats:])
	return c, nil
}

// ask sends a request; data stands in its second byte.
func (c *display) ask(code, data byte, body []byte) error {
	request := []byte{code, data, 0, 0}
	order.PutUint16(request[2:], uint16((len(body)+4)/4))
	_, err := c.conn.Write(append(request, body...))
	return err
}

// next reads what comes: an answer as a whole, or an event.
func (c *display) next() ([]byte, error) {
	b := make([]byte, 32)
	if _, err := io.ReadFull(c.conn, b); err != nil {
		return nil, err
	}
	switch b[0] {
	case 0:
		return nil, fmt.Errorf("the display answers error %d to request %d", b[1], b[10])
	case 1:
		whole := make([]byte, 32+4*int(order.Uint32(b[4:])))
		copy(whole, b)
		if _, err := io.ReadFull(c.conn, whole[32:]); err != nil {
			return nil, err
		}
		return whole, nil
	}
	return b, nil
}

// answer reads the answer to the last request; events before it are dropped.
func (c *display) answer() ([]byte, error) {
	for {
		b, err := c.next()
		if err != nil || b[0] == 1 {
			return b, err
		}
	}
}

func (c *display) atom(name string) (uint32, error) {
	body := order.AppendUint16(nil, uint16(len(name)))
	if err := c.ask(reqInternAtom, 0, padded(append(append(body, 0, 0), name...))); err != nil {
		return 0, err
	}
	b, err := c.answer()
	if err != nil {
		return 0, err
	}
	return order.Uint32(b[8:]), nil
}

// aware finds the first window below one that takes drops, 0 when none does.
func (c *display) aware(window, property uint32) (uint32, error) {
	if err := c.ask(reqGetProperty, 0, words(window, property, atomAtom, 0, 1)); err != nil {
		return 0, err
	}
	b, err := c.answer()
	if err != nil {
		return 0, err
	}
	if order.Uint32(b[16:]) > 0 {
		return window, nil
	}
	if err := c.ask(reqQueryTree, 0, words(window)); err != nil {
		return 0, err
	}
	if b, err = c.answer(); err != nil {
		return 0, err
	}
	for i := range int(order.Uint16(b[16:])) {
		found, err := c.aware(order.Uint32(b[32+4*i:]), property)
		if err != nil || found != 0 {
			return found, err
		}
	}
	return 0, nil
}

// send sends a message of five words to a window.
func (c *display) send(to, about, message uint32, data ...uint32) error {
	event := append([]byte{evMessage, 32, 0, 0}, words(about, message)...)
	event = append(event, words(data...)...)
	for len(event) < 32 {
		event = append(event, 0)
	}
	return c.ask(reqSendEvent, 0, append(words(to, 0), event...))
}

// own makes a window that nobody sees and lets it own a selection.
func (c *display) own(selection string) error {
	a, err := c.atom(selection)
	if err != nil {
		return err
	}
	inputOnly := append(words(c.base, c.root), 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 2, 0)
	if err := c.ask(reqCreateWindow, 0, append(inputOnly, words(0, 0)...)); err != nil {
		return err
	}
	return c.ask(reqSetSelectionOwner, 0, words(c.base, a, 0))
}

func (c *display) drop(x, y int, paths []string) error {
	atoms := map[string]uint32{}
	for _, name := range []string{"XdndAware", "XdndEnter", "XdndPosition", "XdndStatus", "XdndDrop", "XdndFinished", "XdndActionCopy", "text/uri-list"} {
		a, err := c.atom(name)
		if err != nil {
			return err
		}
		atoms[name] = a
	}
	target, err := c.aware(c.root, atoms["XdndAware"])
	if err != nil {
		return err
	}
	if target == 0 {
		return errors.New("no window takes drops")
	}
	if err := c.own("XdndSelection"); err != nil {
		return err
	}
	own := c.base
	var list strings.Builder
	for _, p := range paths {
		list.WriteString((&url.URL{Scheme: "file", Path: p}).String() + "\r\n")
	}
	if err := c.send(target, target, atoms["XdndEnter"], own, 5<<24, atoms["text/uri-list"]); err != nil {
		return err
	}
	if err := c.send(target, target, atoms["XdndPosition"], own, 0, uint32(x)<<16|uint32(y), 0, atoms["XdndActionCopy"]); err != nil {
		return err
	}
	for {
		b, err := c.next()
		if err != nil {
			return err
		}
		switch b[0] & 0x7f {
		case evMessage:
			switch order.Uint32(b[8:]) {
			case atoms["XdndStatus"]:
				if order.Uint32(b[16:])&1 == 0 {
					return errors.New("the window does not want it")
				}
				if err := c.send(target, target, atoms["XdndDrop"], own, 0, 0); err != nil {
					return err
				}
			case atoms["XdndFinished"]:
				return nil
			}
		case evSelectionRequest:
			if err := c.give(b, list.String(), atoms["text/uri-list"]); err != nil {
				return err
			}
		}
	}
}

// give answers who asks what a selection holds: a text of one type, and none of
// others.
func (c *display) give(request []byte, text string, as uint32) error {
	at, requestor, selection, target, property := request[4:8], order.Uint32(request[12:]), order.Uint32(request[16:]), order.Uint32(request[20:]), order.Uint32(request[24:])
	if target != as {
		property = 0
	} else {
		body := append(words(requestor, property, target), 8, 0, 0, 0)
		body = append(body, words(uint32(len(text)))...)
		if err := c.ask(reqChangeProperty, 0, padded(append(body, text...))); err != nil {
			return err
		}
	}
	event := append([]byte{evSelectionNotify, 0, 0, 0}, at...)
	event = append(event, words(requestor, selection, target, property)...)
	for len(event) < 32 {
		event = append(event, 0)
	}
	return c.ask(reqSendEvent, 0, append(words(requestor, 0), event...))
}
