/** Facts about production: how large and how busy each table is, and which server it lives on. */
package dev.plimsoll.catalog;
